using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;
using VGIntegration.Fhir;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Informing;

/// <summary>Gives intake the letter that a practice received, at the moment that practice fetches it: the very same.</summary>
internal static class InformIntake
{
    public static void MapInformIntake(this IEndpointRouteBuilder app) => app
        .MapGet("/internal/referrals/{referralId:guid}/letters/{documentReferenceId}", Handle)
        .RequireAuthorization(Authentication.ServiceWith("letter.read"));

    private static async Task<IResult> Handle(
        Guid referralId, string documentReferenceId, HttpContext http, FeedbackDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var letter = await db.Deliveries.AsNoTracking()
            .Where(d => d.ReferralId == referralId && d.DocumentReferenceId == documentReferenceId && d.State == DeliveryState.Delivered)
            .Join(db.SentLetters, d => d.Id, l => l.DeliveryId, (d, l) => new { d.Id, d.DeliveredAt, l.Content })
            .OrderByDescending(l => l.DeliveredAt).FirstOrDefaultAsync(ct); // what became of it is written over it
        if (letter is null)
        {
            return Results.NotFound();
        }

        var practice = http.Request.Headers["X-On-Behalf-Of"].ToString() is { Length: > 0 and <= 200 } name ? name : null;
        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), $"Letter/{letter.Id}", "fetch-letter", clock.GetUtcNow(), practice));
        await db.SaveChangesAsync(ct);
        return Results.Bytes(letter.Content, FhirJson.MediaType);
    }
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Printing;

/// <summary>Shows the two authors the letter as the huisarts will get it, without the BSN.</summary>
internal static class PreviewLetter
{
    public static void MapPreviewLetter(this IEndpointRouteBuilder app) =>
        app.MapGet("/feedback/advices/{id:guid}/letter.pdf", Handle).RequireAuthorization("professional");

    private static async Task<IResult> Handle(
        Guid id, HttpContext http, FeedbackDbContext db, AdviceSurroundings surroundings, TimeProvider clock)
    {
        var ct = http.RequestAborted;
        var advice = await db.Advices.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct);
        if (advice is null || !advice.IsWrittenBy(http.User.Who()))
        {
            return Results.NotFound();
        }

        if (await surroundings.Of(advice.ReferralId, ct) is not ({ } recipient, { } conversation))
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), $"Advice/{id}", "preview-letter", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = "inline; filename=advies-verkennend-gesprek.pdf";
        return Results.File(AdvicePdf.Write(new(advice, advice.Concept(), recipient, conversation)), "application/pdf");
    }
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Printing;

/// <summary>Shows the two authors the letter as the huisarts will get it, without the BSN.</summary>
internal static class PreviewLetter
{
    public static void MapPreviewLetter(this IEndpointRouteBuilder app) =>
        app.MapGet("/feedback/advices/{id:guid}/letter.pdf", Handle).RequireAuthorization("professional");

    private static async Task<IResult> Handle(
        Guid id, HttpContext http, [AsParameters] Desk desk)
    {
        var (db, ct) = (desk.Db, http.RequestAborted);
        var advice = await db.Advices.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct);
        if (advice is null || !advice.IsWrittenBy(http.User.Who()))
        {
            return Results.NotFound();
        }

        if (await desk.Surroundings.Of(advice.ReferralId, ct) is not ({ } recipient, { } conversation))
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        var edition = advice.IsFinal
            ? await db.AdviceEditions.AsNoTracking().SingleAsync(e => e.AdviceId == id && e.Number == advice.Edition, ct)
            : advice.Concept();
        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), $"Advice/{id}", "preview-letter", desk.Clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = "inline; filename=advies-verkennend-gesprek.pdf";
        return Results.File(AdvicePdf.Write(new(advice, edition, recipient, conversation) { Masthead = desk.Masthead }), "application/pdf");
    }
}

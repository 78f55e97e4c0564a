using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Printing;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Reading;

/// <summary>The resident's own copy of the advice on paper: all of it, whoever else may read it, and without a BSN.</summary>
internal static class ResidentCopy
{
    public static void MapResidentCopy(this IEndpointRouteBuilder app)
    {
        app.MapGet("/feedback/advices/{id:guid}/copy.pdf", ForProfessional).RequireAuthorization("professional");
        app.MapGet($"{ReadingLink.Path}/{{token}}/advies.pdf", ByLink).AllowAnonymous().RequireRateLimiting(Registration.Limit);
    }

    private static async Task<IResult> ForProfessional(Guid id, HttpContext http, FeedbackDbContext db, AdviceSurroundings surroundings, TimeProvider clock)
    {
        var advice = await db.Advices.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, http.RequestAborted);
        return advice?.IsWrittenBy(http.User.Who()) is true
            ? await Print(advice, http.User.Who(), http, db, surroundings, clock)
            : Results.NotFound();
    }

    private static async Task<IResult> ByLink(string token, HttpContext http, FeedbackDbContext db, AdviceSurroundings surroundings, TimeProvider clock) =>
        await YourAdvice.Find(db, token, clock.GetUtcNow(), http.RequestAborted) is { } advice
            ? await Print(advice, ResidentMark.ByLink, http, db, surroundings, clock)
            : Results.NotFound();

    private static async Task<IResult> Print(
        Advice advice, string who, HttpContext http, FeedbackDbContext db, AdviceSurroundings surroundings, TimeProvider clock)
    {
        if (await surroundings.Of(advice.ReferralId, http.RequestAborted) is not ({ } recipient, { } conversation))
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        db.Audit.Add(AuditEntry.Of("R", who, $"Advice/{advice.Id}", "resident-copy", clock.GetUtcNow()));
        await db.SaveChangesAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = "inline; filename=uw-advies.pdf";
        return Results.File(AdvicePdf.WriteCopy(new(advice, advice.Concept(), recipient, conversation)), "application/pdf");
    }
}

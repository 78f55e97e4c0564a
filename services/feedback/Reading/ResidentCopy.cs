using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
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

    private static async Task<IResult> ForProfessional(Guid id, HttpContext http, [AsParameters] Desk desk)
    {
        var advice = await desk.Db.Advices.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, http.RequestAborted);
        return advice?.IsWrittenBy(http.User.Who()) is true
            ? await Print(advice, http.User.Who(), http, desk)
            : Results.NotFound();
    }

    private static async Task<IResult> ByLink(string token, HttpContext http, [AsParameters] Desk desk) =>
        await YourAdvice.Find(desk.Db, token, desk.Clock.GetUtcNow(), http.RequestAborted) is { } advice
            ? await Print(advice, ResidentMark.ByLink, http, desk)
            : Results.NotFound();

    private static async Task<IResult> Print(Advice advice, string who, HttpContext http, Desk desk)
    {
        if (await desk.Surroundings.Of(advice.ReferralId, http.RequestAborted) is not ({ } recipient, { } conversation))
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        desk.Db.Audit.Add(AuditEntry.Of("R", who, $"Advice/{advice.Id}", "resident-copy", desk.Clock.GetUtcNow()));
        await desk.Db.SaveChangesAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = "inline; filename=uw-advies.pdf";
        return Results.File(AdvicePdf.WriteCopy(new(advice, advice.Concept(), recipient, conversation) { Masthead = desk.Masthead }), "application/pdf");
    }
}

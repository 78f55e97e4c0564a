using System.Globalization;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Fhir;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Monitoring.Exporting;

/// <summary>
/// The forms for an outside machine, from where it was: GET ?after={next of the last answer}&amp;count=. A corrected form comes again
/// with the same id and takes the place of the first. A form is in it three minutes after it was sent in: then no other can still come before it.
/// </summary>
internal static class MonitoringFeed
{
    internal const string Policy = "monitoring-system";
    internal const string Scope = "monitoring.read";
    private const int AtMost = 500;

    public static void MapMonitoringFeed(this IEndpointRouteBuilder app) =>
        app.MapGet("/feedback/monitoring/feed", Handle).RequireAuthorization(Policy);

    private static async Task<IResult> Handle(HttpContext http, FeedbackDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (Number(http, "after", 0, int.MaxValue, 0) is not { } after)
        {
            return Wrong("after must be the value of next in an earlier answer, or be left out.");
        }

        if (Number(http, "count", 1, AtMost, 100) is not { } count)
        {
            return Wrong($"count must be a number from 1 to {AtMost}.");
        }

        db.Audit.Add(AuditEntry.Of("E", http.User.Who(), "MonitoringForm", "monitoring-feed", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        var forms = await db.SentAfter(after, count + 1, ct, MonitoringForms.LastCertain(clock.GetUtcNow()));
        var page = forms.Take(count).ToList();
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new
        {
            questionnaire = $"{CodeSystems.MonitoringQuestionnaire}|{CodeSystems.MonitoringVersion}",
            items = page.Select(ExportedForm.Of),
            next = (page.Count == 0 ? after : page[^1].Position!.Value).ToString(CultureInfo.InvariantCulture),
            hasMore = forms.Count > count,
        });
    }

    private static IResult Wrong(string what) => Results.Problem(what, statusCode: StatusCodes.Status400BadRequest);

    private static int? Number(HttpContext http, string name, int least, int most, int unlessGiven) => http.Request.Query[name] switch
    {
        [] => unlessGiven,
        [var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most => number,
        _ => null,
    };
}

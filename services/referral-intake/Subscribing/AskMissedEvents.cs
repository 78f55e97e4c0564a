using System.Globalization;
using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Subscribing;

/// <summary>$status and $events (R5 backport): how a subscription is, and the events that a practice missed.</summary>
internal static class AskMissedEvents
{
    private const int MostAtOnce = 1000;
    private static readonly string[] Known = ["eventsSinceNumber", "eventsUntilNumber", "content", "_format"];

    public static void MapAskMissedEvents(this IEndpointRouteBuilder fhir)
    {
        fhir.MapGet("/Subscription/$status", AllStatuses).Needs("Subscription", 's');
        fhir.MapGet("/Subscription/{id}/$status", Status).Needs("Subscription", 'r');
        fhir.MapGet("/Subscription/{id}/$events", Events).Needs("Subscription", 'r');
    }

    private static async Task<IResult> AllStatuses(HttpContext http, IntakeDbContext db, PublicAddress address, CancellationToken ct)
    {
        var practice = http.PracticeId();
        var own = await db.Set<TopicSubscription>().AsNoTracking().Where(s => s.PracticeId == practice).OrderBy(s => s.CreatedAt).ToListAsync(ct);
        return Statuses(http, own, address);
    }

    private static async Task<IResult> Status(string id, HttpContext http, IntakeDbContext db, PublicAddress address, CancellationToken ct) =>
        await ReadSubscription.Find(id, http, db, ct) is { } subscription ? Statuses(http, [subscription], address) : FhirResult.NotFound();

    private static FhirResult Statuses(HttpContext http, List<TopicSubscription> subscriptions, PublicAddress address) => new(200, new Bundle
    {
        Type = Bundle.BundleType.Searchset,
        Total = subscriptions.Count,
        Link = [new Bundle.LinkComponent { Relation = "self", Url = $"{address.For(http.Request)}{http.Request.Path.Value!["/fhir".Length..]}" }],
        Entry = [.. subscriptions.Select(s => new Bundle.EntryComponent
        {
            FullUrl = $"urn:uuid:{Guid.NewGuid()}",
            Resource = NotificationDocument.StatusOf(s),
            Search = new Bundle.SearchComponent { Mode = Bundle.SearchEntryMode.Match },
        })],
    });

    private static async Task<IResult> Events(string id, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (await ReadSubscription.Find(id, http, db, ct) is not { } subscription)
        {
            return FhirResult.NotFound();
        }

        var asked = http.Request.Query;
        if (asked.Keys.Any(k => !Known.Contains(k)) || Number(asked["eventsSinceNumber"], 1) is not { } since
            || Number(asked["eventsUntilNumber"], long.MaxValue) is not { } until || asked["content"].ToString() is not ("" or "id-only"))
        {
            return FhirResult.Refused(400, Finding.Error(IssueType.Value, null,
                "Vraag met eventsSinceNumber en eventsUntilNumber (hele getallen) en hoogstens content=id-only."));
        }

        var events = await db.Set<SubscriptionEvent>().AsNoTracking()
            .Where(e => e.SubscriptionId == subscription.Id && e.Number >= since && e.Number <= until)
            .OrderBy(e => e.Number).Take(MostAtOnce).ToListAsync(ct);
        return new FhirResult(200, NotificationDocument.Events(subscription, events, clock.GetUtcNow()));
    }

    private static long? Number(string? text, long otherwise) => string.IsNullOrEmpty(text)
        ? otherwise
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

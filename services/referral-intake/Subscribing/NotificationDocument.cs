using System.Globalization;
using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;

namespace VGIntegration.ReferralIntake.Subscribing;

/// <summary>
/// What a subscriber gets: a Bundle of type history, the status of the subscription first (R5 backport for R4), and of each
/// event no more than a number, a time and the address of the Task.
/// </summary>
internal static class NotificationDocument
{
    internal static Bundle Handshake(TopicSubscription subscription, DateTimeOffset now) =>
        Of(subscription, "requested", "handshake", [], now);

    internal static Bundle Event(TopicSubscription subscription, SubscriptionEvent happened, DateTimeOffset now) =>
        Of(subscription, "active", "event-notification", [happened], now);

    internal static Bundle Events(TopicSubscription subscription, IReadOnlyList<SubscriptionEvent> events, DateTimeOffset now) =>
        Of(subscription, Status(subscription), "query-event", events, now);

    /// <summary>How the subscription is, for $status.</summary>
    internal static Parameters StatusOf(TopicSubscription subscription) =>
        StatusOf(subscription, Status(subscription), "query-status", []);

    private static Bundle Of(
        TopicSubscription subscription, string status, string type, IReadOnlyList<SubscriptionEvent> events, DateTimeOffset now)
    {
        var about = StatusOf(subscription, status, type, events);
        about.Id = Guid.NewGuid().ToString();
        return new Bundle
        {
            Meta = new Meta { Profile = [Topics.NotificationProfile] },
            Type = Bundle.BundleType.History,
            TimestampElement = new Instant(now),
            Entry =
            [
                Entry($"urn:uuid:{about.Id}", Bundle.HTTPVerb.GET, $"{Address(subscription)}/$status", about),
                .. events.Select(e => TaskOf(subscription, e)).Distinct()
                    .Select(task => Entry(task, Bundle.HTTPVerb.PUT, task[(subscription.OurBase.Length + 1)..], null)),
            ],
        };
    }

    private static Parameters StatusOf(TopicSubscription subscription, string status, string type, IReadOnlyList<SubscriptionEvent> events)
    {
        var about = new Parameters { Meta = new Meta { Profile = [Topics.StatusProfile] } };
        about.Add("subscription", new ResourceReference(Address(subscription)));
        about.Add("topic", new Canonical(Topics.ReferralStatus));
        about.Add("status", new Code(status));
        about.Add("type", new Code(type));
        about.Add("events-since-subscription-start", Number(subscription.EventCount));
        foreach (var happened in events)
        {
            about.Parameter.Add(new Parameters.ParameterComponent
            {
                Name = "notification-event",
                Part =
                [
                    new() { Name = "event-number", Value = Number(happened.Number) },
                    new() { Name = "timestamp", Value = new Instant(happened.OccurredAt) },
                    new() { Name = "focus", Value = new ResourceReference(TaskOf(subscription, happened)) },
                ],
            });
        }

        if (SubscriptionDocument.ErrorCode(subscription.Hindrance) is { } error && type.StartsWith("query", StringComparison.Ordinal))
        {
            about.Add("error", error);
        }

        return about;
    }

    // FHIR R4 bdl-3 and bdl-4: in a history each entry has a request and a response.
    private static Bundle.EntryComponent Entry(string fullUrl, Bundle.HTTPVerb method, string url, Resource? resource) => new()
    {
        FullUrl = fullUrl,
        Resource = resource,
        Request = new Bundle.RequestComponent { Method = method, Url = url },
        Response = new Bundle.ResponseComponent { Status = "200" },
    };

    private static string Status(TopicSubscription subscription) => SubscriptionDocument.StatusOf(subscription.State).GetLiteral();

    private static string Address(TopicSubscription subscription) => $"{subscription.OurBase}/Subscription/{subscription.Id}";

    private static string TaskOf(TopicSubscription subscription, SubscriptionEvent happened) => $"{subscription.OurBase}/Task/{happened.TaskId}";

    // R4 has no integer64: the backport writes these numbers as text.
    private static FhirString Number(long number) => new(number.ToString(CultureInfo.InvariantCulture));
}

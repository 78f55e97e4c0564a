using Hl7.Fhir.Model;
using VGIntegration.Fhir;

namespace VGIntegration.ReferralIntake.Subscribing;

/// <summary>A subscription as the practice reads it back. Its header is shown to nobody.</summary>
internal static class SubscriptionDocument
{
    internal static Subscription Of(TopicSubscription subscription) => new()
    {
        Id = subscription.Id.ToString(),
        Meta = new Meta
        {
            VersionId = $"{subscription.Version}",
            LastUpdated = subscription.UpdatedAt,
            Profile = [Topics.SubscriptionProfile],
        },
        Status = StatusOf(subscription.State),
        Reason = subscription.Reason,
        CriteriaElement = new FhirString(Topics.ReferralStatus)
        {
            Extension = subscription.TaskStatuses is { } statuses
                ? [new Extension(Topics.FilterCriteria, new FhirString(Topics.FilterForm + statuses))]
                : [],
        },
        EndElement = subscription.EndsAt is { } end ? new Instant(end) : null,
        Error = ErrorOf(subscription.Hindrance),
        Channel = new Subscription.ChannelComponent
        {
            Type = Subscription.SubscriptionChannelType.RestHook,
            Endpoint = subscription.Endpoint,
            PayloadElement = new Code("application/fhir+json")
            {
                Extension = [new Extension(Topics.PayloadContent, new Code("id-only"))],
            },
        },
    };

    internal static Subscription.SubscriptionStatus StatusOf(SubscriptionState state) => state switch
    {
        SubscriptionState.Requested => Subscription.SubscriptionStatus.Requested,
        SubscriptionState.Active => Subscription.SubscriptionStatus.Active,
        SubscriptionState.Error => Subscription.SubscriptionStatus.Error,
        _ => Subscription.SubscriptionStatus.Off,
    };

    internal static string? ErrorOf(string? hindrance) => hindrance switch
    {
        null => null,
        "refused" => "Uw endpoint nam een melding niet aan. Herstel het en zet dit abonnement met PUT weer op requested; haal wat u miste op met $events.",
        _ => "Uw endpoint was lang niet te bereiken. Wij blijven het proberen; haal wat u miste op met $events.",
    };

    /// <summary>The same as a code, for the status of a subscription.</summary>
    internal static CodeableConcept? ErrorCode(string? hindrance) => hindrance is null
        ? null
        : new CodeableConcept($"{CodeSystems.Base}/CodeSystem/abonnementsfout", hindrance, null, ErrorOf(hindrance));
}

using Hl7.Fhir.Model;
using VGIntegration.Fhir;

namespace VGIntegration.ReferralIntake.Subscribing;

/// <summary>What can be subscribed to, and the names of the Subscriptions R5 Backport (1.1.0) for R4.</summary>
internal static class Topics
{
    /// <summary>A referral of the practice reads differently; contracts/fhir/subscription-topic-referral-status.json.</summary>
    internal const string ReferralStatus = $"{CodeSystems.Base}/SubscriptionTopic/referral-status";

    internal const string FilterForm = "Task?status=";
    internal const string FilterCriteria = $"{Definitions}/backport-filter-criteria";
    internal const string PayloadContent = $"{Definitions}/backport-payload-content";
    internal const string SubscriptionProfile = $"{Definitions}/backport-subscription";
    internal const string NotificationProfile = $"{Definitions}/backport-subscription-notification-r4";
    internal const string StatusProfile = $"{Definitions}/backport-subscription-status-r4";
    private const string Definitions = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition";

    /// <summary>An extension of the channel that asks for nothing else than what is done anyway: one event in a notification.</summary>
    internal static bool IsAccepted(Extension extension) =>
        extension is { Url: $"{Definitions}/backport-max-count", Value: PositiveInt { Value: >= 1 } };
}

using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.Planning;
using VGIntegration.Contracts.ReferralIntake;

namespace VGIntegration.Contracts;

/// <summary>
/// Which queues each message goes to. A publisher declares these queues before it publishes, so that a message for a
/// service that has never started yet waits in its queue instead of being dropped by the broker.
/// </summary>
public static class Subscriptions
{
    private const string Intake = "referral-intake-follow-referral";
    private const string Planning = "planning-follow-journey";

    /// <summary>Message type to queue names. The architecture tests hold it against the consumers that exist.</summary>
    public static IReadOnlyDictionary<Type, IReadOnlyList<string>> Queues { get; } =
        new Dictionary<Type, IReadOnlyList<string>>
        {
            [typeof(ReferralReceived)] = ["planning-match-professionals"],
            [typeof(ReferralTakenIn)] = [Intake],
            [typeof(AssignmentProposed)] = [Intake],
            [typeof(ConversationScheduled)] = [Intake],
            [typeof(ConversationHeld)] = [Intake, "feedback-open-advice"],
            [typeof(AdviceSigned)] = [Intake, Planning],
            [typeof(AdviceReturned)] = [Intake, Planning],
            [typeof(AdviceUndeliverable)] = [Planning],
        };
}

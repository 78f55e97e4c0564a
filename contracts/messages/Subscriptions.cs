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
    private const string PlanningOnIntake = "planning-follow-referral";
    private const string Telling = "feedback-tell-practice";
    private const string Inviting = "planning-invite-participants";
    private const string Erasing = "referral-intake-confirm-erasure";
    private const string Subscribing = "referral-intake-follow-subscription";

    /// <summary>Message type to queue names. The architecture tests hold it against the consumers that exist.</summary>
    public static IReadOnlyDictionary<Type, IReadOnlyList<string>> Queues { get; } =
        new Dictionary<Type, IReadOnlyList<string>>
        {
            [typeof(ReferralReceived)] = ["planning-match-professionals"],
            [typeof(ReferralChanged)] = [PlanningOnIntake],
            [typeof(ReferralSupplemented)] = [PlanningOnIntake],
            [typeof(ReferralWithdrawn)] = [PlanningOnIntake],
            [typeof(ReferralTakenIn)] = [Intake],
            [typeof(InformationRequested)] = [Intake],
            [typeof(PlanningStarted)] = [Intake],
            [typeof(PlanningPaused)] = [Intake, Inviting],
            [typeof(PlanningResumed)] = [Intake],
            [typeof(AssignmentProposed)] = [Intake],
            [typeof(AssignmentAccepted)] = [Intake],
            [typeof(ResidentCalled)] = [Intake],
            [typeof(ConversationScheduled)] = [Intake, Inviting],
            [typeof(ConversationRescheduled)] = [Intake, Inviting],
            [typeof(ProfessionalReplaced)] = [Intake, Inviting],
            [typeof(ConversationNotHeld)] = [Intake, Inviting],
            [typeof(ResidentWithdrew)] = [Intake],
            [typeof(ReferralClosed)] = [Intake, Inviting],
            [typeof(ConversationHeld)] = [Intake, Inviting, "feedback-open-advice", "feedback-count-conversation"],
            [typeof(AdviceBegun)] = [Intake],
            [typeof(AdviceSigned)] = [Intake, Planning],
            [typeof(AdviceReturned)] = [Intake, Planning],
            [typeof(AdviceCorrected)] = [Intake],
            [typeof(AdviceUndeliverable)] = [Planning],
            [typeof(LetterUndeliverable)] = [Planning],
            [typeof(LetterSettled)] = [Planning],
            [typeof(ReferralStatusChanged)] = [Telling, Subscribing],
            [typeof(SubscriptionRequested)] = [Telling],
            [typeof(SubscriptionEventRaised)] = [Telling],
            [typeof(SubscriptionAnswered)] = [Subscribing],
            [typeof(ReferralErased)] = ["planning-erase-referral", "feedback-erase-referral"],
            [typeof(ErasedInPlanning)] = [Erasing],
            [typeof(ErasedInFeedback)] = [Erasing],
        };
}

namespace VGIntegration.Contracts.ReferralIntake;

/// <summary>Something happened that a practice subscribed to; a notification goes to its endpoint.</summary>
public sealed record SubscriptionEventRaised
{
    public required Guid SubscriptionId { get; init; }

    /// <summary>Counts what intake asks to send for this subscription, from 1: handshakes and events.</summary>
    public required int Sequence { get; init; }

    /// <summary>When it happened; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Intake's id of the practice.</summary>
    public required Guid PracticeId { get; init; }

    /// <summary>The referral it is about.</summary>
    public required Guid ReferralId { get; init; }

    /// <summary>The event's number within the subscription, from 1 without gaps.</summary>
    public required long EventNumber { get; init; }
}

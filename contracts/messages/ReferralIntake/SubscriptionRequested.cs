namespace VGIntegration.Contracts.ReferralIntake;

/// <summary>A practice asks to be notified. Its endpoint gets a handshake first; what it answers makes the subscription active.</summary>
public sealed record SubscriptionRequested
{
    public required Guid SubscriptionId { get; init; }

    /// <summary>Counts what intake asks to send for this subscription, from 1: handshakes and events.</summary>
    public required int Sequence { get; init; }

    /// <summary>When it was asked; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Intake's id of the practice.</summary>
    public required Guid PracticeId { get; init; }
}

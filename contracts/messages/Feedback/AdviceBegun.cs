namespace VGIntegration.Contracts.Feedback;

/// <summary>The first words of the advice were saved: it is being written.</summary>
public sealed record AdviceBegun
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When they were saved; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required Guid AdviceId { get; init; }
}

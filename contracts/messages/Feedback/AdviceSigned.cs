namespace VGIntegration.Contracts.Feedback;

/// <summary>Both professionals signed the advice; it is final and on its way to the huisarts.</summary>
public sealed record AdviceSigned
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the second signature was set; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required Guid AdviceId { get; init; }
}

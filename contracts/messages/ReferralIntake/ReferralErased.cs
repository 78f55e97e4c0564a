namespace VGIntegration.Contracts.ReferralIntake;

/// <summary>The referral is gone at intake; every service removes what it holds about it. What the law asks to keep, stays.</summary>
public sealed record ReferralErased
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When it was erased; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>kept-long-enough, asked-by-resident or entered-in-error.</summary>
    public required string Reason { get; init; }
}

namespace VGIntegration.Contracts.Planning;

/// <summary>The resident does not want the conversation. ReferralClosed follows once what was booked is freed.</summary>
public sealed record ResidentWithdrew
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the resident said so; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }
}

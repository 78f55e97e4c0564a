namespace VGIntegration.Contracts.ReferralIntake;

/// <summary>The huisarts takes the referral back. What was planned is freed; a conversation that was held already stands.</summary>
public sealed record ReferralWithdrawn
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the huisarts withdrew; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>withdrawn-by-referrer or entered-in-error; see <see cref="Planning.ClosingReason"/>.</summary>
    public required string Reason { get; init; }
}

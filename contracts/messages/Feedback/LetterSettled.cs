namespace VGIntegration.Contracts.Feedback;

/// <summary>A letter of which LetterUndeliverable told has arrived after all, or need not go any more.</summary>
public sealed record LetterSettled
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Which one.</summary>
    public required Guid DeliveryId { get; init; }
}

namespace VGIntegration.Contracts.Feedback;

/// <summary>All that feedback held about an erased referral is gone; the answer to ReferralErased.</summary>
public sealed record ErasedInFeedback
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When it was removed; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>How many rows were removed.</summary>
    public required int Rows { get; init; }
}

namespace VGIntegration.Contracts.Feedback;

/// <summary>A letter that was returned no longer counts: a corrected one came in its place, or it was taken back because it should never have existed.</summary>
public sealed record AdviceCorrected
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the GP system confirmed it; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required Guid AdviceId { get; init; }

    /// <summary>The logical id under which the GP system holds the letter that counts now; null when there is none, for the old one was taken back.</summary>
    public string? DocumentReferenceId { get; init; }

    /// <summary>The logical id of the letter that no longer counts, as it was told before.</summary>
    public required string ReplacedDocumentReferenceId { get; init; }
}

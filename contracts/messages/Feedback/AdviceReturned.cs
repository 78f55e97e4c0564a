namespace VGIntegration.Contracts.Feedback;

/// <summary>The huisarts's own system has received the letter. FHIR R4 Task.output becomes DocumentReference/{DocumentReferenceId}.</summary>
public sealed record AdviceReturned
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the GP system confirmed it; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required Guid AdviceId { get; init; }

    /// <summary>The logical id under which the GP system holds the letter.</summary>
    public required string DocumentReferenceId { get; init; }
}

namespace VGIntegration.Contracts.Planning;

/// <summary>Planning holds the referral on its work list. FHIR R4 Task.status becomes received.</summary>
public sealed record ReferralTakenIn
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When planning stored it; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }
}

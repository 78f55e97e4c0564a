namespace VGIntegration.Contracts.Planning;

/// <summary>The planner goes on where the referral was put on hold.</summary>
public sealed record PlanningResumed
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When it was taken up again; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }
}

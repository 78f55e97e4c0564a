namespace VGIntegration.Contracts.Planning;

/// <summary>A planner took the referral in hand.</summary>
public sealed record PlanningStarted
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the planner took it; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }
}

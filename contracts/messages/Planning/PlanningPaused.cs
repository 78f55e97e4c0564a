namespace VGIntegration.Contracts.Planning;

/// <summary>The planner put the referral on hold, for instance because the resident wants to wait.</summary>
public sealed record PlanningPaused
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When it was put on hold; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Until when, where that is known; UTC.</summary>
    public DateTimeOffset? Until { get; init; }
}

namespace VGIntegration.Contracts.Planning;

/// <summary>The planner called the resident.</summary>
public sealed record ResidentCalled
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the call was made; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Whether the planner spoke with the resident.</summary>
    public required bool IsReached { get; init; }

    /// <summary>When the planner calls again, where that was agreed; UTC.</summary>
    public DateTimeOffset? CallBackAt { get; init; }
}

namespace VGIntegration.Contracts.Planning;

/// <summary>A duo, a moment and a place fit this referral best; a planner still decides.</summary>
public sealed record AssignmentProposed
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the proposal was made; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required Guid DuoId { get; init; }
    public required Guid MentalHealthProfessionalId { get; init; }
    public required Guid SocialDomainProfessionalId { get; init; }
    public required Guid LocationId { get; init; }

    /// <summary>Begin of the conversation; UTC.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>End of the conversation; UTC.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Why this one: codes, the most telling first.</summary>
    public IReadOnlyList<AssignmentReason> Reasons { get; init; } = [];
}

/// <summary>One reason behind a proposal: a code, and the number that belongs to it (days, kilometres) where there is one.</summary>
public sealed record AssignmentReason(string Code, double? Value = null);

namespace VGIntegration.Contracts.Planning;

/// <summary>The planner booked the conversation: two professionals, a moment and a place.</summary>
public sealed record ConversationScheduled
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When it was booked; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required Guid ConversationId { get; init; }
    public required Guid MentalHealthProfessionalId { get; init; }
    public required Guid SocialDomainProfessionalId { get; init; }
    public required Guid LocationId { get; init; }

    /// <summary>Begin of the conversation; UTC.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>End of the conversation; UTC.</summary>
    public required DateTimeOffset EndsAt { get; init; }
}

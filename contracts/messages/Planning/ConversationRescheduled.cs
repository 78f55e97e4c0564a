namespace VGIntegration.Contracts.Planning;

/// <summary>The booked conversation was moved to another moment or place.</summary>
public sealed record ConversationRescheduled
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When it was moved; UTC.</summary>
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

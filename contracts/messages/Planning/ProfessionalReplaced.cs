namespace VGIntegration.Contracts.Planning;

/// <summary>One half of the duo of a booked conversation was replaced, for instance because of illness.</summary>
public sealed record ProfessionalReplaced
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the other was found; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required Guid ConversationId { get; init; }
    public required Guid MentalHealthProfessionalId { get; init; }
    public required Guid SocialDomainProfessionalId { get; init; }

    /// <summary>Who no longer comes.</summary>
    public required Guid ReplacedProfessionalId { get; init; }
}

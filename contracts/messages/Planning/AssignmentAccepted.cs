namespace VGIntegration.Contracts.Planning;

/// <summary>Both professionals agree to hold the conversation.</summary>
public sealed record AssignmentAccepted
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the second of them agreed; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required Guid DuoId { get; init; }
    public required Guid MentalHealthProfessionalId { get; init; }
    public required Guid SocialDomainProfessionalId { get; init; }
}

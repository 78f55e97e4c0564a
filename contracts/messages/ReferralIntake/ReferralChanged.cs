namespace VGIntegration.Contracts.ReferralIntake;

/// <summary>The huisarts changed the referral before a conversation was booked. Carries all that planning knows of it, as it is now.</summary>
public sealed record ReferralChanged
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the change was stored; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When the referral was first stored; UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>FHIR R4 request-priority: routine, urgent, asap or stat.</summary>
    public required string Priority { get; init; }

    /// <summary>The four digits of the resident's postcode, where the referral gave one.</summary>
    public string? PostcodeDigits { get; init; }

    /// <summary>The language the resident wants to speak (BCP 47), where the referral gave one.</summary>
    public string? Language { get; init; }

    /// <summary>Codes of the CodeSystem verwijscriterium; may be empty, for doubt is a reason too.</summary>
    public IReadOnlyList<string> Criteria { get; init; } = [];
}

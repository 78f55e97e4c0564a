namespace VGIntegration.Contracts.ReferralIntake;

/// <summary>A GP system sent a referral and it is stored. Carries what matching cannot do without, and nothing that names the resident.</summary>
public sealed record ReferralReceived
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the referral was stored; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>FHIR R4 request-priority: routine, urgent, asap or stat.</summary>
    public required string Priority { get; init; }

    /// <summary>The four digits of the resident's postcode, where the referral gave one.</summary>
    public string? PostcodeDigits { get; init; }

    /// <summary>The language the resident wants to speak (BCP 47), where the referral gave one.</summary>
    public string? Language { get; init; }

    /// <summary>Codes of the CodeSystem verwijscriterium; may be empty, for doubt is a reason too.</summary>
    public IReadOnlyList<string> Criteria { get; init; } = [];
}

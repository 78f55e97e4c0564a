namespace VGIntegration.Contracts.Planning;

/// <summary>The planner cannot go on without more from the huisarts. FHIR R4 Task.status is received until it comes.</summary>
public sealed record InformationRequested
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the planner asked; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>What is missing: codes such as telephone, language or reason.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}

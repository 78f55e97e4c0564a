namespace VGIntegration.Contracts.Feedback;

/// <summary>The GP system refuses the letter, or has not been reached for hours: a person must look.</summary>
public sealed record AdviceUndeliverable
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When this was found; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required Guid AdviceId { get; init; }

    /// <summary>refused (the GP system answered 4xx), unreachable (four hours without a receipt), or no-connection (the practice has no address for letters: a person hands it over).</summary>
    public required string Reason { get; init; }
}

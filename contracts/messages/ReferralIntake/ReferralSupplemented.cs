namespace VGIntegration.Contracts.ReferralIntake;

/// <summary>The huisarts sent something more about a referral: a letter, a questionnaire, an attachment.</summary>
public sealed record ReferralSupplemented
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When it was stored; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Intake's id of the DocumentReference.</summary>
    public required Guid DocumentReferenceId { get; init; }
}

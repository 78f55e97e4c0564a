namespace VGIntegration.Contracts.ReferralIntake;

/// <summary>The coordination Task of a referral reads differently from now on. Who shows or sends it asks intake for it.</summary>
public sealed record ReferralStatusChanged
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the change was stored; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required Guid TaskId { get; init; }

    /// <summary>FHIR R4 Task.meta.versionId.</summary>
    public required int TaskVersion { get; init; }

    /// <summary>Intake's id of the practice that referred.</summary>
    public required Guid PracticeId { get; init; }

    /// <summary>FHIR R4 Task.status.</summary>
    public required string TaskStatus { get; init; }

    /// <summary>A code of the CodeSystem verwijsstatus; none when the referral should never have existed.</summary>
    public string? BusinessStatus { get; init; }
}

namespace VGIntegration.Planning.Registry;

/// <summary>One professional of the GGZ and one of the sociaal domein, of different organisations: two people, so two log-ins.</summary>
internal sealed class Duo : IRegistryRecord
{
    public required Guid Id { get; init; }
    public required Guid MentalHealthProfessionalId { get; init; }
    public required Guid SocialDomainProfessionalId { get; init; }

    /// <summary>When the two met; null while they have not.</summary>
    public DateOnly? MetOn { get; init; }

    /// <summary>The last day they hold conversations together.</summary>
    public DateOnly? Until { get; init; }

    public int Version { get; init; }

    internal bool IsOf(Guid professionalId) => professionalId == MentalHealthProfessionalId || professionalId == SocialDomainProfessionalId;
}

/// <summary>A recurring half-day on which a duo holds conversations. Times are of Europe/Amsterdam, summer and winter.</summary>
internal sealed class FixedMoment : IRegistryRecord
{
    public required Guid Id { get; init; }
    public required Guid DuoId { get; init; }
    public required Guid LocationId { get; init; }
    public required DayOfWeek Day { get; init; }
    public required TimeOnly From { get; init; }
    public required TimeOnly Until { get; init; }
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day; the same as the first for one extra half-day.</summary>
    public DateOnly? ValidUntil { get; init; }

    public int Version { get; init; }

    internal bool IsOn(DateOnly day) => day.DayOfWeek == Day && ValidFrom <= day && !(day > ValidUntil);
}

/// <summary>An exception: on these days the fixed moment is not held.</summary>
internal sealed class MomentPause : IRegistryRecord
{
    public required Guid Id { get; init; }
    public required Guid FixedMomentId { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly Until { get; init; }
    public string? Why { get; init; }
    public int Version { get; init; }

    internal bool IsOn(DateOnly day) => From <= day && day <= Until;
}

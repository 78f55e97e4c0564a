namespace VGIntegration.Planning.Registry;

/// <summary>One professional of the GGZ and one of the sociaal domein, of different organisations.</summary>
internal sealed class Duo
{
    public required Guid Id { get; init; }
    public required Guid MentalHealthProfessionalId { get; init; }
    public required Guid SocialDomainProfessionalId { get; init; }
}

/// <summary>A recurring half-day on which a duo holds conversations. Times are of Europe/Amsterdam, summer and winter.</summary>
internal sealed class FixedMoment
{
    public required Guid Id { get; init; }
    public required Guid DuoId { get; init; }
    public required Guid LocationId { get; init; }
    public required DayOfWeek Day { get; init; }
    public required TimeOnly From { get; init; }
    public required TimeOnly Until { get; init; }
    public required DateOnly ValidFrom { get; init; }
    public DateOnly? ValidUntil { get; init; }

    internal bool IsOn(DateOnly day) => day.DayOfWeek == Day && ValidFrom <= day && !(day > ValidUntil);
}

/// <summary>A place near the resident, with room for one conversation at a time: two rooms of a building are two locations.</summary>
internal sealed class Location
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Address { get; init; }
    public required double Latitude { get; init; }
    public required double Longitude { get; init; }
    public required bool IsWheelchairAccessible { get; init; }
}

/// <summary>The middle of the area that the four digits of a postcode stand for.</summary>
internal sealed class PostcodeArea
{
    public required string Digits { get; init; }
    public required double Latitude { get; init; }
    public required double Longitude { get; init; }
}

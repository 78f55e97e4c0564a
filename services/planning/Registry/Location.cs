namespace VGIntegration.Planning.Registry;

/// <summary>Where a conversation can be.</summary>
internal enum LocationKind
{
    Building,
    HomeVisit,
    Online,
}

/// <summary>
/// One room near the resident, for one conversation at a time: two rooms of a building are two locations with one name. A
/// home visit or a meeting online is a location too, of the duo that offers it.
/// </summary>
internal sealed class Location : IRegistryRecord
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Address { get; init; }

    /// <summary>Which room in the building.</summary>
    public string? Room { get; init; }

    public LocationKind Kind { get; init; }

    /// <summary>For a home visit: the middle of the area where the duo comes.</summary>
    public required double Latitude { get; init; }
    public required double Longitude { get; init; }
    public required bool IsWheelchairAccessible { get; init; }

    /// <summary>The last day it can be used.</summary>
    public DateOnly? Until { get; init; }

    public int Version { get; init; }

    /// <summary>At home and online nobody has a threshold to take.</summary>
    internal bool IsAccessible => IsWheelchairAccessible || Kind is not LocationKind.Building;
}

/// <summary>The middle of the area that the four digits of a postcode stand for.</summary>
internal sealed class PostcodeArea
{
    public required string Digits { get; init; }
    public required double Latitude { get; init; }
    public required double Longitude { get; init; }
}

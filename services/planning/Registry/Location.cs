namespace VGIntegration.Planning.Registry;

/// <summary>Where a conversation can be.</summary>
internal enum LocationKind
{
    Building,
    HomeVisit,
    Online,
}

/// <summary>
/// A place near the resident, with a conversation at a time in each of its rooms. A home visit and a meeting online are
/// locations too: as many at a time as there are duos.
/// </summary>
internal sealed class Location : IRegistryRecord
{
    private const int Many = 1_000;

    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Address { get; init; }

    /// <summary>How many rooms there are for conversations.</summary>
    public int Rooms { get; init; } = 1;

    public LocationKind Kind { get; init; }

    /// <summary>For a home visit: the middle of the area where the duo comes.</summary>
    public required double Latitude { get; init; }
    public required double Longitude { get; init; }
    public required bool IsWheelchairAccessible { get; init; }

    /// <summary>Where the room is booked, where that goes by e-mail.</summary>
    public string? Email { get; init; }

    /// <summary>The last day it can be used.</summary>
    public DateOnly? Until { get; init; }

    public int Version { get; init; }

    /// <summary>How many conversations there can be at a time.</summary>
    internal int AtOnce => Kind is LocationKind.Building ? Rooms : Many;

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

namespace VGIntegration.Planning.Registry;

/// <summary>What the project office keeps. A later version replaces an earlier one; nothing that was used is ever removed.</summary>
internal interface IRegistryRecord
{
    Guid Id { get; }

    /// <summary>Keeps two people at two screens apart.</summary>
    int Version { get; }
}

/// <summary>Where professionals work.</summary>
internal sealed class Organisation : IRegistryRecord
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The side it works on; null for an organisation with professionals of both sides.</summary>
    public Discipline? Domain { get; init; }

    /// <summary>The last day it takes part.</summary>
    public DateOnly? Until { get; init; }

    public int Version { get; init; }
}

/// <summary>Confidentiality and information sharing between two organisations, while it is in force.</summary>
internal sealed class Agreement : IRegistryRecord
{
    public required Guid Id { get; init; }
    public required Guid OneOrganisationId { get; init; }
    public required Guid OtherOrganisationId { get; init; }
    public required DateOnly From { get; init; }
    public DateOnly? Until { get; init; }
    public int Version { get; init; }

    internal bool IsInForce(DateOnly day) => From <= day && !(day > Until);
}

/// <summary>A role that counts on one side of a duo: the region's own setting.</summary>
internal sealed class Role : IRegistryRecord
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required Discipline Discipline { get; init; }

    /// <summary>The last day it counts.</summary>
    public DateOnly? Until { get; init; }

    public int Version { get; init; }

    internal bool Counts(string profession, Discipline discipline, DateOnly day) =>
        Discipline == discipline && !(day > Until) && string.Equals(Name, profession, StringComparison.OrdinalIgnoreCase);
}

using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Registry.Keeping;

/// <summary>A kind of record in the registry: what is written down, what is refused, and how people call one.</summary>
internal sealed record RecordKind(string Path, string Plural, string Singular)
{
    /// <summary>What it is for, in a sentence.</summary>
    internal required string Purpose { get; init; }

    internal required IReadOnlyList<Field> Fields { get; init; }

    internal required Func<PlanningDbContext, IQueryable<IRegistryRecord>> Table { get; init; }

    /// <summary>The record that a draft describes, under an id and version; refusals are added to the draft.</summary>
    internal required Func<Draft, Guid, int, IRegistryRecord> Make { get; init; }

    /// <summary>The values of a record, in the order of the fields.</summary>
    internal required Func<IRegistryRecord, IReadOnlyList<object?>> Values { get; init; }

    internal required Func<IRegistryRecord, Register, string> Title { get; init; }

    /// <summary>The last day; null for ever.</summary>
    internal Func<IRegistryRecord, DateOnly?> Until { get; init; } = _ => null;

    internal Field this[string name] => Fields.First(f => f.Name == name);

    internal IReadOnlyDictionary<string, string?> Read(IRegistryRecord record) =>
        Fields.Zip(Values(record)).ToDictionary(f => f.First.Name, f => Code(f.Second));

    private static string? Code(object? value) => value switch
    {
        null => null,
        bool yes => yes ? "ja" : "nee",
        DateOnly day => FormattableString.Invariant($"{day:yyyy-MM-dd}"),
        TimeOnly time => FormattableString.Invariant($"{time:HH:mm}"),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

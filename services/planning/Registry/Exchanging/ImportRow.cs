using VGIntegration.Planning.Registry.Keeping;

namespace VGIntegration.Planning.Registry.Exchanging;

/// <summary>What a file says about one record. A value that the file does not name stays as it is.</summary>
internal sealed record ImportRow(RecordKind Kind, string Where, Guid? Id, IReadOnlyDictionary<string, string?> Values);

/// <summary>A row against the registry as it is: what it would do, or what is wrong with it.</summary>
internal sealed record CheckedRow(ImportRow Row, IRegistryRecord? Before, IRegistryRecord Made, string Title, bool IsSame, IReadOnlyList<Fault> Faults)
{
    internal string What => Faults.Count > 0 ? "klopt niet" : Before is null ? "nieuw" : IsSame ? "blijft zo" : "verandert";
}

/// <summary>A file as read: its rows, or why it is no such file.</summary>
internal sealed record ImportFile(IReadOnlyList<ImportRow> Rows, string? Fault = null)
{
    internal static ImportFile Refused(string dutch) => new([], dutch);
}

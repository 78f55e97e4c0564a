namespace VGIntegration.Planning.Registry;

/// <summary>What somebody changed in the registry: saved together with the change, never altered.</summary>
internal sealed class RegistryChange
{
    public required Guid Id { get; init; }

    /// <summary>The kind of record, such as professionals.</summary>
    public required string Kind { get; init; }
    public required Guid RecordId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Who { get; init; }

    /// <summary>The version that this change made; the first is an addition.</summary>
    public required int Version { get; init; }

    /// <summary>For people: which field had which value before, and has which now.</summary>
    public required string What { get; init; }

    /// <summary>The fields as they were, as JSON, so that the change can be undone; null for an addition.</summary>
    public string? Before { get; init; }
}

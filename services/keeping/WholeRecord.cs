using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.EntityFrameworkCore;

namespace VGIntegration.Keeping;

/// <summary>All that a service holds about one subject, table by table: the same list for what is handed out and what is removed.</summary>
public sealed class WholeRecord<TContext>
    where TContext : DbContext
{
    private readonly List<PartOfRecord<TContext>> _parts = [];

    /// <summary>The row types that are in it.</summary>
    public IReadOnlyList<Type> Rows => [.. _parts.Select(p => p.Row)];

    /// <summary>One part more: its name for people, and its rows for these ids. What hangs on another comes before that other.</summary>
    public WholeRecord<TContext> With<TRow>(string name, Func<TContext, IReadOnlyCollection<Guid>, IQueryable<TRow>> rows)
        where TRow : class
    {
        _parts.Add(new(
            name, typeof(TRow),
            (db, ids, ct) => rows(db, ids).ExecuteDeleteAsync(ct),
            (db, id, ct) => rows(db, [id]).CountAsync(ct),
            async (db, id, ct) => new JsonArray(
                [.. (await rows(db, [id]).AsNoTracking().ToListAsync(ct)).Select(row => JsonSerializer.SerializeToNode(row, ReadableJson.Options))])));
        return this;
    }

    /// <summary>Removes all of it, within the caller's transaction; tells how many rows of each part.</summary>
    public async Task<IReadOnlyList<(string Part, int Rows)>> Remove(TContext db, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var removed = new List<(string, int)>();
        foreach (var part in _parts)
        {
            removed.Add((part.Name, await part.Remove(db, ids, ct)));
        }

        return removed;
    }

    /// <summary>How many rows there are of each part that has any.</summary>
    public async Task<IReadOnlyList<(string Part, int Rows)>> Count(TContext db, Guid id, CancellationToken ct)
    {
        var counted = new List<(string, int)>();
        foreach (var part in _parts)
        {
            if (await part.Count(db, id, ct) is var rows and > 0)
            {
                counted.Add((part.Name, rows));
            }
        }

        return counted;
    }

    /// <summary>All of it, without the bytes of files.</summary>
    public async Task<JsonObject> Read(TContext db, Guid id, CancellationToken ct)
    {
        var record = new JsonObject();
        foreach (var part in _parts)
        {
            record[part.Name] = await part.Read(db, id, ct);
        }

        return record;
    }
}

/// <summary>The rows of one table that are in a record.</summary>
internal sealed record PartOfRecord<TContext>(
    string Name, Type Row, Func<TContext, IReadOnlyCollection<Guid>, CancellationToken, Task<int>> Remove,
    Func<TContext, Guid, CancellationToken, Task<int>> Count, Func<TContext, Guid, CancellationToken, Task<JsonArray>> Read);

/// <summary>How rows are handed out: words for codes, and no bytes.</summary>
internal static class ReadableJson
{
    internal static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Default)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutBytes } },
    };

    private static void WithoutBytes(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.PropertyType == typeof(byte[])).ToList())
        {
            type.Properties.Remove(property);
        }
    }
}

using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Hl7.Fhir.Serialization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace VGIntegration.Benchmarks;

/// <summary>
/// The least that any intake does, step by step: /read takes the body, /parse parses it too, /commit stores it too, with
/// whatever arrives at the same moment, in one durable commit. POST / is for the journey: each request its own commit.
/// </summary>
internal static class Floor
{
    internal static async Task Serve(string provider, string connection, string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var store = await GroupCommit.Open(provider, connection);
        app.MapGet("/health/ready", () => "ready");
        app.MapPost("/read", async (HttpContext http) =>
        {
            _ = await Read(http);
            return Results.StatusCode(201);
        });
        app.MapPost("/parse", async (HttpContext http) =>
        {
            Parse(await Read(http));
            return Results.StatusCode(201);
        });
        app.MapPost("/commit", async (HttpContext http) =>
        {
            var body = await Read(http);
            Parse(body);
            await store.Store(Encoding.UTF8.GetString(body));
            return Results.StatusCode(201);
        });
        app.MapPost("/", async (HttpContext http) =>
        {
            var body = await Read(http);
            Parse(body);
            await store.Alone(Encoding.UTF8.GetString(body));
            return Results.StatusCode(201);
        });
        await app.RunAsync();
    }

    private static async Task<byte[]> Read(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private static void Parse(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        _ = FhirJsonDeserializer.STRICT.TryDeserializeResource(ref reader, out _, out _);
    }
}

/// <summary>One writer that commits whatever waits, durably.</summary>
internal sealed class GroupCommit
{
    private readonly Channel<(string Body, TaskCompletionSource Done)> _line = Channel.CreateUnbounded<(string, TaskCompletionSource)>();
    private readonly Func<IReadOnlyList<string>, Task> _commit;

    private GroupCommit(Func<IReadOnlyList<string>, Task> commit)
    {
        _commit = commit;
        _ = Task.Run(Write);
    }

    internal static async Task<GroupCommit> Open(string provider, string connection) =>
        new(provider == "PostgreSql" ? await OnPostgreSql(connection) : await OnSqlite(connection));

    internal Task Alone(string body) => _commit([body]);

    internal Task Store(string body)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _line.Writer.TryWrite((body, done));
        return done.Task;
    }

    private async Task Write()
    {
        while (await _line.Reader.WaitToReadAsync())
        {
            var together = new List<(string Body, TaskCompletionSource Done)>();
            while (together.Count < 128 && _line.Reader.TryRead(out var one))
            {
                together.Add(one);
            }

            await _commit([.. together.Select(t => t.Body)]);
            together.ForEach(t => t.Done.SetResult());
        }
    }

    private static async Task<Func<IReadOnlyList<string>, Task>> OnPostgreSql(string connection)
    {
        var database = NpgsqlDataSource.Create(connection);
        await using var create = database.CreateCommand("CREATE TABLE IF NOT EXISTS floor (id uuid PRIMARY KEY, body text NOT NULL)");
        await create.ExecuteNonQueryAsync();
        return async bodies =>
        {
            await using var insert = database.CreateCommand("INSERT INTO floor SELECT * FROM unnest($1, $2)");
            insert.Parameters.Add(new() { Value = bodies.Select(_ => Guid.NewGuid()).ToArray() });
            insert.Parameters.Add(new() { Value = bodies.ToArray() });
            await insert.ExecuteNonQueryAsync();
        };
    }

    private static async Task<Func<IReadOnlyList<string>, Task>> OnSqlite(string connection)
    {
        var database = new SqliteConnection(connection);
        await database.OpenAsync();
        var create = database.CreateCommand();
        create.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS floor (id TEXT PRIMARY KEY, body TEXT NOT NULL)";
        await create.ExecuteNonQueryAsync();
        var insert = database.CreateCommand();
        insert.CommandText = "INSERT INTO floor VALUES ($id, $body)";
        var (id, text) = (insert.Parameters.Add("$id", SqliteType.Text), insert.Parameters.Add("$body", SqliteType.Text));
        return async bodies =>
        {
            await using var transaction = database.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var body in bodies)
            {
                (id.Value, text.Value) = (Guid.NewGuid().ToString(), body);
                await insert.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        };
    }
}

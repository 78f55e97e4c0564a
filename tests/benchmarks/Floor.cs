using System.Text.Json;
using Hl7.Fhir.Serialization;
using Npgsql;

namespace VGIntegration.Benchmarks;

/// <summary>The least that any intake does: take the request over HTTP, parse it, and commit one row durably.</summary>
internal static class Floor
{
    internal static async Task Serve(string connection, string[] args)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using (var create = database.CreateCommand("CREATE TABLE IF NOT EXISTS floor (id uuid PRIMARY KEY, body text NOT NULL)"))
        {
            await create.ExecuteNonQueryAsync();
        }

        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/health/ready", () => "ready");
        app.MapPost("/", async (HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            Parse(body.GetBuffer().AsSpan(0, (int)body.Length));
            await using var insert = database.CreateCommand("INSERT INTO floor (id, body) VALUES ($1, $2)");
            insert.Parameters.Add(new() { Value = Guid.NewGuid() });
            insert.Parameters.Add(new() { Value = System.Text.Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length) });
            await insert.ExecuteNonQueryAsync();
            return Results.StatusCode(201);
        });
        await app.RunAsync();
    }

    private static void Parse(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        _ = FhirJsonDeserializer.STRICT.TryDeserializeResource(ref reader, out _, out _);
    }
}

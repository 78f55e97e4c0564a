using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using VGIntegration.Surroundings;

namespace VGIntegration.Benchmarks;

/// <summary>The real intake as a process of its own, with RabbitMQ behind it.</summary>
internal sealed class RunningIntake : IDisposable
{
    private readonly ServiceProcess _process;
    private readonly ReferringGp _gp;
    private long _tokenAt;

    private RunningIntake(ServiceProcess process, string provider, string connection)
    {
        (_process, Provider, Connection) = (process, provider, connection);
        (_gp, Fhir) = (new ReferringGp(process.Address), new Uri(process.Address, "/fhir"));
    }

    internal string Provider { get; }

    internal string Connection { get; }

    internal Uri Fhir { get; }

    internal int Id => _process.Id;

    /// <summary>Memory in use by the process, in MB.</summary>
    internal int Megabytes => int.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;

    internal static async Task<RunningIntake> Start(string logs, string provider, string connection, string? build = null)
    {
        var port = Sandbox.FreePort();
        var process = await ServiceProcess.Start(
            build ?? Repository.Dll("services/referral-intake"), logs,
            ["--demo", $"--data={Sandbox.Folder("intake")}", $"--Database:Provider={provider}", $"--Database:ConnectionString={connection}",
            "--Messaging:Transport=RabbitMq", $"--Messaging:ConnectionString={await (await RabbitMqServer.Shared).CreateVirtualHost()}",
            $"--Authentication:Authority=http://127.0.0.1:{port}", "--Limiting:PerSecond=0"], port: port);
        return new RunningIntake(process, provider, connection);
    }

    /// <summary>A token that will last for a round.</summary>
    internal async Task<string> Token()
    {
        if (Stopwatch.GetElapsedTime(_tokenAt) > TimeSpan.FromSeconds(100))
        {
            _gp.ForgetToken();
            _tokenAt = Stopwatch.GetTimestamp();
        }

        return await _gp.Token();
    }

    internal async Task<Measured> Load(TimeSpan time, int clients, string message) =>
        await Benchmarks.Load.For(time, Fhir, clients, message, await Token()) with { Aftermath = await OutboxIsEmpty() };

    internal async Task<TimeSpan> OutboxIsEmpty()
    {
        var start = Stopwatch.GetTimestamp();
        await Eventually.Is(async () => (long)(await Scalar("""SELECT COUNT(*) FROM "Outbox" """))! == 0, TimeSpan.FromMinutes(5));
        return Stopwatch.GetElapsedTime(start);
    }

    internal async Task<object?> Scalar(string sql)
    {
        await using DbConnection connection = Provider == "PostgreSql" ? new NpgsqlConnection(Connection) : new SqliteConnection(Connection);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        return await command.ExecuteScalarAsync();
    }

    public void Dispose()
    {
        _gp.Dispose();
        _process.Dispose();
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace VGIntegration.Benchmarks;

/// <summary>Tells when planning has committed a referral: PostgreSQL says so itself at the commit, SQLite is asked every half millisecond.</summary>
internal sealed class Watch : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<long>> _seen = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;

    internal static async Task<Watch> OnPostgreSql(string connection)
    {
        var watch = new Watch();
        var listener = new NpgsqlConnection(connection);
        await listener.OpenAsync();
        await using (var command = new NpgsqlCommand(
            """
            CREATE OR REPLACE FUNCTION taken() RETURNS trigger AS $$ BEGIN PERFORM pg_notify('taken', NEW."ReferralId"::text); RETURN NEW; END $$ LANGUAGE plpgsql;
            CREATE OR REPLACE TRIGGER taken AFTER INSERT ON "Journeys" FOR EACH ROW EXECUTE FUNCTION taken();
            LISTEN taken;
            """, listener))
        {
            await command.ExecuteNonQueryAsync();
        }

        listener.Notification += (_, told) => watch.Seen(Guid.Parse(told.Payload));
        watch._watching = Task.Run(async () =>
        {
            await using (listener)
            {
                while (true)
                {
                    await listener.WaitAsync(watch._stop.Token);
                }
            }
        });
        return watch;
    }

    internal static Watch OnSqlite(string connection)
    {
        var watch = new Watch();
        watch._watching = Task.Run(async () =>
        {
            await using var reader = new SqliteConnection(connection + ";Mode=ReadOnly");
            await reader.OpenAsync();
            await using var command = reader.CreateCommand();
            command.CommandText = "SELECT rowid, ReferralId FROM Journeys WHERE rowid > $last";
            var last = command.Parameters.AddWithValue("$last", 0L);
            while (!watch._stop.IsCancellationRequested)
            {
                await using (var rows = await command.ExecuteReaderAsync())
                {
                    while (await rows.ReadAsync())
                    {
                        last.Value = rows.GetInt64(0);
                        watch.Seen(rows.GetGuid(1));
                    }
                }

                await Task.Delay(TimeSpan.FromMilliseconds(0.5), TimeProvider.System);
            }
        });
        return watch;
    }

    /// <summary>The timestamp at which planning's commit was seen.</summary>
    internal Task<long> Committed(Guid referralId) =>
        Of(referralId).Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _watching;
        }
        catch (OperationCanceledException)
        {
            // that is how waiting ends
        }

        _stop.Dispose();
    }

    private void Seen(Guid referralId) => Of(referralId).TrySetResult(Stopwatch.GetTimestamp());

    private TaskCompletionSource<long> Of(Guid referralId) =>
        _seen.GetOrAdd(referralId, _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
}

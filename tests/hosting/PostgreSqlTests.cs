using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Hosting.Tests;

/// <summary>Several instances of one service on one PostgreSQL.</summary>
public sealed class PostgreSqlTests
{
    private const string Queue = "reader-read-note";

    [Fact]
    public async Task Two_instances_share_one_outbox_and_each_message_has_its_effect_once()
    {
        var database = await (await PostgreSqlServer.Shared).CreateDatabase();
        var notes = await LeftBehind(database, 1_200);
        await using var one = await Instance(database);
        await using var two = await Instance(database);

        var written = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? one : two).Write(3)));

        await Eventually.Is(async () => await one.Waiting() == 0, TimeSpan.FromSeconds(60));
        Assert.Equal(
            notes.Concat(written.SelectMany(w => w)).Order(), (await one.Readings()).Select(r => r.NoteId).Order());
        Assert.True(one.Script.Attempts(nameof(ReadNote)) > 50 && two.Script.Attempts(nameof(ReadNote)) > 50);
    }

    [Fact]
    public async Task Copies_at_two_instances_at_the_same_moment_are_consumed_once()
    {
        var database = await (await PostgreSqlServer.Shared).CreateDatabase();
        await using var one = await Instance(database);
        await using var two = await Instance(database);
        var (id, note, refused) = (Guid.NewGuid(), new NoteWritten(Guid.NewGuid()), 0);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            try
            {
                var bus = (i % 2 == 0 ? one : two).Services.GetRequiredService<EmbeddedBus>();
                await bus.Deliver(note, id, [Queue], TestContext.Current.CancellationToken);
            }
            catch (DbUpdateException)
            {
                Interlocked.Increment(ref refused); // the other copy was first: a transport would try again, and find it done
            }
        }));

        Assert.Single(await one.Readings());
        Assert.True(refused < 20);
    }

    [Fact]
    public async Task A_consumer_that_hangs_on_one_message_keeps_no_other_waiting()
    {
        await using var reader = await Instance(await (await PostgreSqlServer.Shared).CreateDatabase());
        var gate = new TaskCompletionSource();
        reader.Script.Then = (_, attempt) => attempt == 1 ? gate.Task : Task.CompletedTask;

        var notes = await reader.Write(100);
        await Eventually.Is(async () => (await reader.Readings()).Count == 99);
        gate.SetResult();

        await Eventually.Is(async () => await reader.Waiting() == 0, TimeSpan.FromSeconds(30));
        Assert.Equal(notes.Order(), (await reader.Readings()).Select(r => r.NoteId).Order());
    }

    [Fact]
    public async Task What_a_service_does_at_its_start_is_done_again_when_the_database_is_slow_and_only_then()
    {
        await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging().BuildServiceProvider();
        var scopes = services.GetRequiredService<IServiceScopeFactory>();
        var seen = new HashSet<IServiceProvider>();

        await scopes.AtStart(
            scope => (seen.Add(scope), seen.Count) switch
            {
                (true, 1) => throw new InvalidOperationException("as EF Core wraps a read", TimedOut()),
                (true, 2) => throw new InvalidOperationException("as EF Core wraps a save", new DbUpdateException("it failed", TimedOut())),
                _ => Task.CompletedTask,
            },
            TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<SettingException>(() => scopes.AtStart(_ => throw new SettingException("wrong"), TestContext.Current.CancellationToken));

        Assert.Equal(3, seen.Count);
        static Npgsql.NpgsqlException TimedOut() => new("The operation has timed out");
    }

    [Fact]
    public async Task A_database_that_is_killed_loses_nothing_that_was_committed()
    {
        var server = await PostgreSqlServer.StartNew();
        await using var reader = await Instance(await server.CreateDatabase());
        var notes = await reader.Write(300);

        server.Kill9();
        await server.Restart();
        notes.AddRange(await reader.Write(10));

        await Eventually.Is(async () => await reader.Waiting() == 0, TimeSpan.FromSeconds(60));
        Assert.Equal(notes.Order(), (await reader.Readings()).Select(r => r.NoteId).Order());
    }

    private static Task<NoteService> Instance(string database, bool consumes = true) => NoteService.Start(
        "Reader", ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={database}"], [Queue],
        consumers => _ = consumes ? consumers.Add<ReadNote>() : consumers);

    /// <summary>Messages of a process that is gone; nobody holds them any more.</summary>
    private static async Task<List<Guid>> LeftBehind(string database, int notes)
    {
        await using var gone = await Instance(database, consumes: false);
        var ids = await gone.Write(notes);
        await Eventually.Is(() => gone.InDatabase(db => db.Outbox.AllAsync(m => m.Attempts > 0)));
        return ids;
    }
}

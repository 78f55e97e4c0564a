using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Hosting.Tests;

/// <summary>The outbox and the inbox without a broker, on SQLite.</summary>
public sealed class OutboxTests : IAsyncDisposable
{
    private const string Read = "reader-read-note";
    private const string Copy = "reader-copy-note";

    private readonly string[] _sqlite = [$"--data={Sandbox.Folder("outbox")}"];
    private readonly List<NoteService> _services = [];

    [Fact]
    public async Task A_message_of_a_change_that_was_rolled_back_is_never_sent()
    {
        var reader = await Reader();
        await reader.InDatabase(async db =>
        {
            db.PublishOnSave(new NoteWritten(Guid.NewGuid()));
            db.Readings.AddRange(Twice());
            return await Assert.ThrowsAnyAsync<DbUpdateException>(() => db.SaveChangesAsync(Token));
        });
        await reader.InDatabase(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.PublishOnSave(new NoteWritten(Guid.NewGuid()));
            return await db.SaveChangesAsync(); // and the transaction is disposed without a commit
        });

        var committed = await reader.Write();
        await reader.InDatabase(async db => // the same context from the pool, with a commit of something else
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Inbox.Where(m => m.Consumer == "nobody").ExecuteDeleteAsync();
            await transaction.CommitAsync();
            return 0;
        });

        await AllDelivered(reader);
        Assert.Equal(committed, (await reader.Readings()).Select(r => r.NoteId));
        Assert.Equal(1, reader.Script.Attempts(nameof(ReadNote)));

        static Reading[] Twice()
        {
            var id = Guid.NewGuid();
            return [new(id, id, "", ""), .. new[] { new Reading(Guid.NewGuid(), id, null!, "") }];
        }
    }

    [Fact]
    public async Task A_message_is_forgotten_only_after_its_consumer_has_committed()
    {
        var (reader, gate) = (await Reader(), new TaskCompletionSource());
        reader.Script.Then = (_, _) => gate.Task;

        await reader.Write();
        await Eventually.Is(() => reader.Script.Attempts(nameof(ReadNote)) == 1);
        var waiting = await reader.Waiting();
        var visible = await reader.Readings();
        gate.SetResult();

        await AllDelivered(reader);
        Assert.Equal((1, 0), (waiting, visible.Count));
        Assert.Single(await reader.Readings());
    }

    [Fact]
    public async Task A_consumer_that_fails_first_has_its_effect_once()
    {
        var reader = await Reader();
        reader.Script.Then = (_, attempt) => attempt < 4 ? throw new InvalidOperationException() : Task.CompletedTask;

        await reader.Write();

        await AllDelivered(reader);
        Assert.Equal(4, reader.Script.Attempts(nameof(ReadNote)));
        Assert.Single(await reader.Readings());
    }

    [Fact]
    public async Task Twenty_copies_are_consumed_once()
    {
        var (reader, id, note) = (await Reader(), Guid.NewGuid(), new NoteWritten(Guid.NewGuid()));
        var bus = reader.Services.GetRequiredService<EmbeddedBus>();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bus.Deliver(note, id, [Read], Token)));

        Assert.Single(await reader.Readings());
        Assert.Equal(1, reader.Script.Attempts(nameof(ReadNote)));
    }

    [Fact]
    public async Task When_one_of_two_consumers_fails_the_other_has_its_effect_once()
    {
        var reader = await Service("Reader", [Read, Copy], c => c.Add<ReadNote>().Add<CopyNote>());
        reader.Script.Then = (consumer, attempt) =>
            consumer == nameof(CopyNote) && attempt < 3 ? throw new InvalidOperationException() : Task.CompletedTask;

        await reader.Write();

        await AllDelivered(reader);
        Assert.Equal([nameof(CopyNote), nameof(ReadNote)], (await reader.Readings()).Select(r => r.Consumer).Order());
        Assert.Equal(1, reader.Script.Attempts(nameof(ReadNote)));
    }

    [Fact]
    public async Task A_service_that_fails_does_not_keep_the_message_from_another()
    {
        var bus = new EmbeddedBus();
        string[] queues = ["one-read-note", "two-read-note"];
        var one = await Service("One", queues, c => c.Add<ReadNote>(), s => s.AddSingleton(bus));
        var two = await Service("Two", queues, c => c.Add<ReadNote>(), s => s.AddSingleton(bus));

        foreach (var (failing, other) in new[] { (one, two), (two, one) })
        {
            var before = (await other.Readings()).Count;
            failing.Script.Then = (_, _) => throw new InvalidOperationException();
            await one.Write();
            await Eventually.Is(async () => (await other.Readings()).Count == before + 1);
            failing.Script.Then = (_, _) => Task.CompletedTask;
            await AllDelivered(one);
        }

        Assert.Equal((2, 2), ((await one.Readings()).Count, (await two.Readings()).Count));
    }

    [Fact]
    public async Task What_a_killed_process_had_in_hand_is_delivered_by_the_next()
    {
        var writer = await Service("Reader", [Read]);
        var notes = await writer.Write(3);
        await Eventually.Is(() => writer.InDatabase(db => db.Outbox.AllAsync(m => m.Attempts > 0)));
        await Stop(writer);
        var until = TimeProvider.System.GetUtcNow().AddYears(1);
        var idle = await Service("Reader", [], null, s => s.AddSingleton<TimeProvider>(new FakeTimeProvider()));
        await idle.InDatabase(db => db.Outbox.ExecuteUpdateAsync(set => set
            .SetProperty(m => m.LeasedUntil, until).SetProperty(m => m.LeasedBy, Guid.NewGuid())));
        await Stop(idle);

        var reader = await Reader();

        await AllDelivered(reader);
        Assert.Equal(notes.Order(), (await reader.Readings()).Select(r => r.NoteId).Order());
    }

    [Fact]
    public async Task A_message_that_nobody_can_read_is_parked_and_holds_nothing_up()
    {
        var writer = await Service("Reader", [Read]);
        await writer.Write(2);
        await writer.InDatabase(db => db.Database.ExecuteSqlRawAsync(
            "UPDATE Outbox SET MessageType = 'Gone.Away, Gone' WHERE Id = (SELECT MIN(Id) FROM Outbox)"));
        await Stop(writer);

        var reader = await Reader();
        await reader.Write();

        await Eventually.Is(async () =>
            await reader.Waiting() == 1 && await reader.InDatabase(db => db.Outbox.AllAsync(m => m.ParkedAt != null)));
        Assert.Equal(2, (await reader.Readings()).Count);
        await Eventually.Is(() => reader.Services.GetRequiredService<OutboxAge>().Seconds == 0);
    }

    [Fact]
    public async Task A_consumer_that_reads_bad_json_is_tried_again()
    {
        var reader = await Reader();
        reader.Script.Then = (_, attempt) => attempt == 1 ? throw new JsonException() : Task.CompletedTask;

        await reader.Write();

        await AllDelivered(reader);
        Assert.Single(await reader.Readings());
    }

    [Fact]
    public async Task A_commit_wakes_the_delivery_and_no_clock_does()
    {
        var reader = await Service(
            "Reader", [Read], c => c.Add<ReadNote>(), s => s.AddSingleton<TimeProvider>(new FakeTimeProvider()));

        await reader.Write();

        await AllDelivered(reader);
        Assert.Single(await reader.Readings());
    }

    [Fact]
    public async Task A_backlog_of_thousands_flows()
    {
        var writer = await Service("Reader", [Read]);
        await writer.Write(3_000);
        await Stop(writer);

        var reader = await Reader();

        await AllDelivered(reader);
        Assert.Equal(3_000, (await reader.Readings()).Select(r => r.NoteId).Distinct().Count());
    }

    [Fact]
    public async Task The_consumer_works_in_the_trace_of_the_writer()
    {
        var reader = await Reader();
        using var work = new Activity("write") { ActivityTraceFlags = ActivityTraceFlags.Recorded };
        work.Start();

        await reader.Write();

        await AllDelivered(reader);
        Assert.Equal(work.TraceId.ToString(), (await reader.Readings()).Single().TraceId);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
        {
            await service.DisposeAsync();
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task AllDelivered(NoteService service) =>
        Eventually.Is(async () => await service.Waiting() == 0, TimeSpan.FromSeconds(60));

    private Task<NoteService> Reader() => Service("Reader", [Read], c => c.Add<ReadNote>());

    private async Task<NoteService> Service(
        string name, string[] queues, Action<Consumers<NotesDb>>? consumers = null, Action<IServiceCollection>? adapt = null)
    {
        var service = await NoteService.Start(name, _sqlite, queues, consumers, adapt);
        _services.Add(service);
        return service;
    }

    private async Task Stop(NoteService service)
    {
        _services.Remove(service);
        await service.DisposeAsync();
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Surroundings;

namespace VGIntegration.Hosting.Tests;

/// <summary>Somebody wrote a note.</summary>
public sealed record NoteWritten(Guid NoteId);

/// <summary>That a consumer has read a note, and in which trace.</summary>
internal sealed record Reading(Guid Id, Guid NoteId, string Consumer, string TraceId);

internal abstract class NotesDb(DbContextOptions options) : ServiceDbContext(options)
{
    public DbSet<Reading> Readings => Set<Reading>();
}

internal sealed class SqliteNotes(DbContextOptions<SqliteNotes> options) : NotesDb(options);

internal sealed class SqlServerNotes(DbContextOptions<SqlServerNotes> options) : NotesDb(options);

internal sealed class PostgreSqlNotes(DbContextOptions<PostgreSqlNotes> options) : NotesDb(options);

/// <summary>What happens in a consumer after its save and before its commit.</summary>
internal sealed class Script
{
    private readonly ConcurrentDictionary<string, int> _attempts = new();

    public Func<string, int, Task> Then { get; set; } = (_, _) => Task.CompletedTask;

    public int Attempts(string consumer) => _attempts.GetValueOrDefault(consumer);

    public Task Go(string consumer) => Then(consumer, _attempts.AddOrUpdate(consumer, 1, (_, n) => n + 1));
}

internal abstract class Reader(NotesDb db, Script script) : IConsumer<NoteWritten>
{
    public async Task Consume(ConsumeContext<NoteWritten> context)
    {
        var trace = Activity.Current?.TraceId.ToString() ?? "";
        db.Readings.Add(new Reading(Guid.NewGuid(), context.Message.NoteId, GetType().Name, trace));
        await db.SaveChangesAsync(context.CancellationToken);
        await script.Go(GetType().Name);
    }
}

internal sealed class ReadNote(NotesDb db, Script script) : Reader(db, script);

internal sealed class CopyNote(NotesDb db, Script script) : Reader(db, script);

/// <summary>A service as small as can be on the real hosting: it writes notes, reads notes, or both.</summary>
internal sealed class NoteService : IAsyncDisposable
{
    private readonly WebApplication _app;

    // Stands for a collector: traces that nobody collects are not made.
    static NoteService() => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = _ => true,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    });

    private NoteService(WebApplication app) => _app = app;

    public Script Script => _app.Services.GetRequiredService<Script>();

    public IServiceProvider Services => _app.Services;

    public HttpClient Client() => _app.Stranger();

    /// <param name="name">Its queues begin with this name.</param>
    /// <param name="args">Its settings, the database included.</param>
    /// <param name="queues">Who subscribes to a note.</param>
    /// <param name="consumers">What it consumes itself.</param>
    /// <param name="adapt">What a test adds.</param>
    public static async Task<NoteService> Start(
        string name, string[] args, string[] queues, Action<Consumers<NotesDb>>? consumers = null,
        Action<IServiceCollection>? adapt = null)
    {
        var builder = ServiceDefaults.CreateBuilder(typeof(NoteService).Assembly, ["--urls=http://127.0.0.1:0", .. args]);
        builder.Environment.ApplicationName = $"VGIntegration.{name}";
        builder.Logging.ClearProviders();
        adapt?.Invoke(builder.Services);
        builder.Services.AddSingleton<Script>();
        builder.AddServiceDefaults();
        builder.AddDatabase<NotesDb, SqliteNotes, SqlServerNotes, PostgreSqlNotes>();
        builder.Services.AddHostedService<Tables>();
        builder.AddMessaging(
            new Dictionary<Type, IReadOnlyList<string>> { [typeof(NoteWritten)] = queues }, consumers);
        var app = builder.Build();
        app.MapHealth();
        await app.StartAsync();
        return new NoteService(app);
    }

    /// <summary>Notes that were written in one save.</summary>
    public async Task<List<Guid>> Write(int notes = 1)
    {
        var ids = Enumerable.Range(0, notes).Select(_ => Guid.NewGuid()).ToList();
        await InDatabase(async db =>
        {
            ids.ForEach(id => db.PublishOnSave(new NoteWritten(id)));
            return await db.SaveChangesAsync();
        });
        return ids;
    }

    public async Task<T> InDatabase<T>(Func<NotesDb, Task<T>> work)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<NotesDb>());
    }

    public Task<List<Reading>> Readings() => InDatabase(db => db.Readings.AsNoTracking().ToListAsync());

    public Task<int> Waiting() => InDatabase(db => db.Outbox.CountAsync());

    /// <summary>Stops in good order.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>The tables, without migrations: the model of a test is nobody's history.</summary>
    private sealed class Tables(IServiceScopeFactory scopes) : IHostedLifecycleService
    {
        public async Task StartingAsync(CancellationToken cancellationToken)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<NotesDb>();
            try
            {
                await db.Outbox.AnyAsync(cancellationToken);
            }
            catch (System.Data.Common.DbException)
            {
                await db.GetService<IRelationalDatabaseCreator>().CreateTablesAsync(cancellationToken);
            }
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace VGIntegration.Hosting.Outbox;

/// <summary>How a message leaves this process.</summary>
internal interface ITransport
{
    /// <summary>Returns when the message cannot be lost any more; throws when it was not taken over.</summary>
    Task Deliver(object message, Guid messageId, CancellationToken ct);
}

/// <summary>Hands messages to the dispatcher the moment their transaction has committed: no polling in the fast path.</summary>
internal sealed class OutboxQueue(TimeProvider clock) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private readonly Channel<OutboxMessage> _committed =
        Channel.CreateBounded<OutboxMessage>(new BoundedChannelOptions(5_000) { FullMode = BoundedChannelFullMode.DropWrite });

    internal Guid Process { get; } = Guid.NewGuid();

    internal ChannelReader<OutboxMessage> Committed => _committed.Reader;

    /// <summary>A message that does not fit, or is held, stays in the table; it is found there when its lease or its hold ends.</summary>
    internal void Enqueue(OutboxMessage message)
    {
        if (message.LeasedUntil > message.CreatedAt)
        {
            _committed.Writer.TryWrite(message);
        }
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Prepare(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Prepare(eventData.Context);
        return new(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        ReleaseOutsideTransaction(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        ReleaseOutsideTransaction(eventData.Context);
        return new(result);
    }

    public void TransactionCommitted(System.Data.Common.DbTransaction transaction, TransactionEndEventData eventData) =>
        Release(eventData.Context, eventData.TransactionId);

    public Task TransactionCommittedAsync(
        System.Data.Common.DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Release(eventData.Context, eventData.TransactionId);
        return Task.CompletedTask;
    }

    // What an earlier save left (it failed, or its transaction was disposed, of which EF Core tells nobody) was rolled back,
    // and this context may have been through the pool since: it must never go out with the next commit.
    private void Prepare(DbContext? context)
    {
        if (context is not ServiceDbContext db)
        {
            return;
        }

        var transaction = db.Database.CurrentTransaction?.TransactionId;
        if (transaction is null || transaction != db.Unsent.Transaction)
        {
            db.Unsent = ([], transaction);
        }

        var added = db.ChangeTracker.Entries<OutboxMessage>()
            .Where(e => e.State is EntityState.Added).Select(e => e.Entity).Except(db.Unsent.Messages).ToList();
        Stamp(added);
        db.Unsent.Messages.AddRange(added);
    }

    internal void Stamp(IEnumerable<OutboxMessage> messages)
    {
        var now = clock.GetUtcNow();
        foreach (var message in messages)
        {
            (message.CreatedAt, message.LeasedBy) = (now, Process);
            (message.NotBefore, message.LeasedUntil) = message.NotBefore > now ? (message.NotBefore, now) : (now, now + Lease);
        }
    }

    private void ReleaseOutsideTransaction(DbContext? context)
    {
        if (context is { Database.CurrentTransaction: null })
        {
            Release(context, null);
        }
    }

    private void Release(DbContext? context, Guid? transaction)
    {
        if (context is ServiceDbContext { Unsent.Messages.Count: > 0 } db && db.Unsent.Transaction == transaction)
        {
            var committed = db.Unsent.Messages;
            db.Unsent = ([], null);
            committed.ForEach(Enqueue);
        }
    }
}

/// <summary>
/// Delivers committed messages, several at a time, and forgets each only after its delivery was confirmed. No transaction
/// is held while waiting. What was left behind by a process that died is found once a second.
/// </summary>
internal sealed class OutboxDispatcher<TContext>(
    IServiceScopeFactory scopes, OutboxQueue queue, ITransport transport, TimeProvider clock,
    OutboxAge age, ILogger<OutboxDispatcher<TContext>> log) : BackgroundService
    where TContext : ServiceDbContext
{
    internal const string ActivityName = "VGIntegration.Outbox";
    private const int InFlight = 32;
    private const int Batch = 500;
    private static readonly ActivitySource Activities = new(ActivityName);
    private static readonly TimeSpan DeliveryTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DeliverTogether = TimeSpan.FromMilliseconds(8);
    private static readonly TimeSpan ForgetTogether = TimeSpan.FromMilliseconds(20);

    private readonly Channel<Guid> _delivered = Channel.CreateUnbounded<Guid>();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(DeliverCommitted(stoppingToken), ForgetDelivered(stoppingToken), FindLeftBehind(stoppingToken));

    /// <summary>Leaves nothing in hand, so that another process need not wait for the leases of this one to end.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await ForgetDelivered(Batched(), cancellationToken);
        await Try(
            db => db.Outbox.Where(m => m.LeasedBy == queue.Process).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.LeasedUntil, m => m.CreatedAt), cancellationToken),
            cancellationToken);
    }

    // A message that comes alone goes at once. What comes in a crowd goes in crowds: ten that a broker writes together cost it
    // little more than one.
    private async Task DeliverCommitted(CancellationToken ct)
    {
        using var places = new SemaphoreSlim(InFlight);
        try
        {
            while (await queue.Committed.WaitToReadAsync(ct))
            {
                var together = 0;
                for (; together < Batch && queue.Committed.TryRead(out var message); together++)
                {
                    await places.WaitAsync(ct);
                    _ = DeliverCommitted(message, places, ct);
                }

                if (together > 1)
                {
                    await Task.Delay(DeliverTogether, TimeProvider.System, ct);
                }
            }
        }
        finally
        {
            for (var place = 0; place < InFlight; place++)
            {
                await places.WaitAsync(CancellationToken.None); // until none is under way
            }
        }
    }

    private async Task DeliverCommitted(OutboxMessage message, SemaphoreSlim places, CancellationToken ct)
    {
        try
        {
            // It may have waited in line so long that another process has it by now.
            if (message.LeasedUntil - clock.GetUtcNow() >= DeliveryTimeout || await IsStillOurs(message, ct))
            {
                await Deliver(message, ct);
            }
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<bool> IsStillOurs(OutboxMessage message, CancellationToken ct)
    {
        var renewed = 0;
        var until = clock.GetUtcNow() + OutboxQueue.Lease;
        await Try(
            async db => renewed = await db.Outbox
                .Where(m => m.Id == message.Id && m.LeasedBy == queue.Process && m.LeasedUntil == message.LeasedUntil)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.LeasedUntil, until), ct),
            ct);
        return renewed == 1;
    }

    private async Task Deliver(OutboxMessage message, CancellationToken ct)
    {
        using var activity = Activities.StartActivity("outbox deliver", ActivityKind.Internal, message.TraceParent);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(DeliveryTimeout);
        try
        {
            if (await Read(message, ct) is { } content)
            {
                await transport.Deliver(content, message.Id, timeout.Token);
                await _delivered.Writer.WriteAsync(message.Id, ct);
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested) // the host's edge: the row keeps the failure
        {
            await Postpone(message, e, isHopeless: false, ct);
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            // the process ends: the row and its lease are left to the next
        }
    }

    // Apart from the delivery: a consumer in this process may throw a JsonException of its own, and that may pass.
    private async Task<object?> Read(OutboxMessage message, CancellationToken ct)
    {
        try
        {
            return message.Read();
        }
        catch (JsonException e)
        {
            await Postpone(message, e, isHopeless: true, ct);
            return null;
        }
    }

    private async Task Postpone(OutboxMessage message, Exception failure, bool isHopeless, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var wait = TimeSpan.FromMilliseconds(Math.Min(5_000, 100 * Math.Pow(2, Math.Min(message.Attempts, 10))));
        var notBefore = now + (wait * (0.75 + (Random.Shared.NextDouble() / 2)));
        DateTimeOffset? parkedAt = isHopeless ? now : null;
        log.LogWarning("Message {MessageId} waits: {Failure}", message.Id, failure.GetType().Name);

        await Try(db => db.Outbox.Where(m => m.Id == message.Id && m.LeasedBy == queue.Process).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.Attempts, m => m.Attempts + 1)
                .SetProperty(m => m.NotBefore, notBefore)
                .SetProperty(m => m.LeasedUntil, now)
                .SetProperty(m => m.ParkedAt, parkedAt)
                .SetProperty(m => m.LastFailure, failure.GetType().Name),
            ct), ct);
    }

    private async Task ForgetDelivered(CancellationToken ct)
    {
        while (await _delivered.Reader.WaitToReadAsync(ct))
        {
            await Task.Delay(ForgetTogether, TimeProvider.System, ct); // nobody waits for it, and one command forgets many
            await ForgetDelivered(Batched(), ct);
        }
    }

    private Task ForgetDelivered(List<Guid> ids, CancellationToken ct) =>
        Try(db => db.Forget(ids, ct), ct);

    private List<Guid> Batched()
    {
        var ids = new List<Guid>();
        while (ids.Count < Batch && _delivered.Reader.TryRead(out var id))
        {
            ids.Add(id);
        }

        return ids;
    }

    private async Task FindLeftBehind(CancellationToken ct)
    {
        var cleanAt = clock.GetUtcNow();
        while (true)
        {
            await Try(async db => age.Seconds = await OldestAge(db, ct), ct);
            var found = 0;
            if (queue.Committed.Count < Batch)
            {
                await Try(async db => found = await Claim(db, ct), ct);
            }

            if (clock.GetUtcNow() >= cleanAt)
            {
                cleanAt = clock.GetUtcNow().AddHours(1);
                var before = clock.GetUtcNow().AddDays(-90);
                await Try(db => db.Inbox.Where(m => m.ConsumedAt < before).ExecuteDeleteAsync(ct), ct);
            }

            // A full batch: there is more, and it is claimed only when it can be delivered within its lease.
            await Task.Delay(TimeSpan.FromMilliseconds(found == Batch ? 50 : 1_000), clock, ct);
        }
    }

    private async Task<int> Claim(TContext db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await db.Outbox.Where(m => m.ParkedAt == null && m.NotBefore <= now && m.LeasedUntil <= now)
            .OrderBy(m => m.CreatedAt).Select(m => m.Id).Take(Batch).ToListAsync(ct);
        if (due.Count == 0)
        {
            return 0;
        }

        var until = now + OutboxQueue.Lease;
        await db.Outbox.Where(m => due.Contains(m.Id) && m.LeasedUntil <= now).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.LeasedUntil, until).SetProperty(m => m.LeasedBy, queue.Process), ct);
        var mine = await db.Outbox.AsNoTracking()
            .Where(m => due.Contains(m.Id) && m.LeasedBy == queue.Process && m.LeasedUntil == until).ToListAsync(ct);
        mine.OrderBy(m => m.CreatedAt).ToList().ForEach(queue.Enqueue);
        return due.Count;
    }

    private async Task<double> OldestAge(TContext db, CancellationToken ct)
    {
        var oldest = await db.Outbox.Where(m => m.ParkedAt == null).OrderBy(m => m.CreatedAt).Select(m => (DateTimeOffset?)m.CreatedAt).FirstOrDefaultAsync(ct);
        return oldest is { } at ? Math.Max(0, (clock.GetUtcNow() - at).TotalSeconds) : 0;
    }

    // The database may be away for a while; the rows are still there when it is back.
    private async Task Try(Func<TContext, Task> work, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await work(scope.ServiceProvider.GetRequiredService<TContext>());
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("The outbox could not be read or written: {Failure}", e.GetType().Name);
        }
    }
}

/// <summary>The age of the oldest message that is not yet delivered: the one number that tells whether messages flow.</summary>
public sealed class OutboxAge
{
    /// <summary>Registers the gauge outbox_oldest_age_seconds.</summary>
    public OutboxAge(IMeterFactory meters)
    {
        meters.Create("VGIntegration").CreateObservableGauge("outbox_oldest_age_seconds", () => Seconds, "s");
    }

    /// <summary>Seconds; 0 when nothing waits.</summary>
    public double Seconds { get; internal set; }
}

using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace VGIntegration.Hosting.Outbox;

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

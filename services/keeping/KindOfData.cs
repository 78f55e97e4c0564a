using Microsoft.EntityFrameworkCore;

namespace VGIntegration.Keeping;

/// <summary>What is from before <see cref="Before"/> has been kept long enough.</summary>
public sealed record Old(DateTimeOffset Before, DateTimeOffset Now);

/// <summary>Removes one batch of what is old, in a transaction of its own, and tells how many; 0 when there is no more.</summary>
public delegate Task<int> RemoveOld<TContext>(TContext db, Old old, CancellationToken ct);

/// <summary>One line of the table of what a service keeps: what it is, for how long and why, and from when that counts.</summary>
/// <param name="Name">The setting is Keeping:{Name}.</param>
/// <param name="What">As the manager reads it.</param>
/// <param name="Default">Unless the setting says otherwise.</param>
/// <param name="AtLeast">What the law asks, or what the work cannot do without.</param>
/// <param name="CountsFrom">As the manager reads it.</param>
/// <param name="Ground">As the manager reads it.</param>
/// <param name="Remove">One batch.</param>
public sealed record KindOfData<TContext>(
    string Name, string What, Period Default, Period AtLeast, string CountsFrom, string Ground, RemoveOld<TContext> Remove)
    where TContext : DbContext;

/// <summary>How the line of a kind removes.</summary>
public static class Removal
{
    private const int RowsAtOnce = 1_000;

    /// <summary>Rows that nothing hangs on; the query gives the oldest first.</summary>
    public static RemoveOld<TContext> Rows<TContext, TRow>(Func<TContext, DateTimeOffset, IOrderedQueryable<TRow>> old)
        where TContext : DbContext =>
        (db, moment, ct) => old(db, moment.Before).Take(RowsAtOnce).ExecuteDeleteAsync(ct);

    /// <summary>Whole records by their id, some at a time; what hangs on them goes in the same transaction.</summary>
    /// <param name="old">The records that are old.</param>
    /// <param name="record">All that hangs on one.</param>
    /// <param name="first">What goes before the rows, because it is no row itself: a file.</param>
    /// <param name="atOnce">How many records in one transaction.</param>
    public static RemoveOld<TContext> Records<TContext>(
        Func<TContext, DateTimeOffset, IQueryable<Guid>> old, WholeRecord<TContext> record,
        Func<TContext, IReadOnlyCollection<Guid>, CancellationToken, Task>? first = null, int atOnce = 100)
        where TContext : DbContext => async (db, moment, ct) =>
        {
            var ids = await old(db, moment.Before).Distinct().OrderBy(id => id).Take(atOnce).ToListAsync(ct);
            if (ids.Count > 0)
            {
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                await (first?.Invoke(db, ids, ct) ?? Task.CompletedTask);
                await record.Remove(db, ids, ct);
                await transaction.CommitAsync(ct);
            }

            return ids.Count;
        };
}

using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace VGIntegration.Keeping;

/// <summary>
/// Removes what has been kept long enough, kind by kind and batch by batch, and writes down what it did. Safe to run twice,
/// and in two instances at once: a kind that was done this night is not done again.
/// </summary>
public sealed class CleanUp<TContext>(
    IServiceScopeFactory scopes, KeptKinds<TContext> kept, TimeProvider clock, ILogger<CleanUp<TContext>> log)
    where TContext : DbContext
{
    // Longer than any kind takes; who has been at it longer has died.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);
    private static readonly Counter<long> RemovedCount = new Meter("VGIntegration").CreateCounter<long>("kept_data_removed", "{row}");

    /// <summary>All kinds; false when one could not be done, and is worth another try.</summary>
    public async Task<bool> Run(CancellationToken ct)
    {
        var isDone = true;
        foreach (var kind in kept.Kinds)
        {
            isDone &= await Run(kind, ct);
        }

        return isDone;
    }

    private async Task<bool> Run(KindOfData<TContext> kind, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (kept.PeriodOf(kind).Before(now) is not { } before)
        {
            return true;
        }

        var (old, night) = (new Old(before, now), Night.Of(now));
        if (!await InScope(db => Claim(db, night, kind.Name, old, ct)))
        {
            return true; // it was done, or another instance is at it
        }

        var (removed, failure) = await Remove(kind, old, ct);
        RemovedCount.Add(removed, new KeyValuePair<string, object?>("kind", kind.Name));
        log.LogInformation("Clean-up of {Kind}: {Removed} removed, up to {Day}", kind.Name, removed, DateOnly.FromDateTime(before.UtcDateTime));
        await InScope(async db =>
        {
            (await db.Set<CleanUpRun>().SingleAsync(r => r.Night == night && r.Kind == kind.Name, ct)).Finish(removed, failure, clock.GetUtcNow());
            return await db.SaveChangesAsync(ct);
        });
        return failure is null;
    }

    private async Task<(int Removed, string? Failure)> Remove(KindOfData<TContext> kind, Old old, CancellationToken ct)
    {
        var removed = 0;
        try
        {
            int batch;
            while ((batch = await InScope(db => kind.Remove(db, old, ct))) > 0)
            {
                removed += batch;
            }

            return (removed, null);
        }
        catch (Exception e) when (!ct.IsCancellationRequested) // the host's edge: the report tells it, and the next kind may fare better
        {
            log.LogWarning("Clean-up of {Kind} stopped after {Removed}: {Failure}", kind.Name, removed, e.GetType().Name);
            return (removed, e.GetType().Name);
        }
    }

    private static async Task<bool> Claim(TContext db, DateOnly night, string kind, Old old, CancellationToken ct)
    {
        var run = await db.Set<CleanUpRun>().SingleOrDefaultAsync(r => r.Night == night && r.Kind == kind, ct);
        if (run is { IsDone: true } || (run is { FinishedAt: null } && run.StartedAt > old.Now - Longest))
        {
            return false;
        }

        if (run is null)
        {
            db.Add(CleanUpRun.Begin(night, kind, old));
        }
        else
        {
            run.BeginAgain(old);
        }

        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await db.Set<CleanUpRun>().AnyAsync(r => r.Night == night && r.Kind == kind, ct))
            {
                return false; // another instance was first
            }

            throw;
        }
    }

    private async Task<T> InScope<T>(Func<TContext, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TContext>());
    }
}

using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;

namespace VGIntegration.Feedback.Returning;

/// <summary>
/// Takes due parcels from the delivery table and has them sent, several at a time. A parcel is leased, not locked:
/// any number of instances can work on one table, and what a killed one had in hand is taken up after its lease.
/// </summary>
internal sealed class SendParcels(
    IServiceScopeFactory scopes, DeliverySignal signal, Lanes lanes, TimeProvider clock, ILogger<SendParcels> log)
    : BackgroundService
{
    private readonly Guid _process = Guid.NewGuid();
    private readonly List<Task> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Try(db => TakeOver(db, stoppingToken), stoppingToken);
        var waking = WakeEverySecond(stoppingToken);
        try
        {
            while (true)
            {
                await signal.Wait(stoppingToken);
                _running.RemoveAll(t => t.IsCompleted);
                while (await Try(db => StartAll(db, stoppingToken), stoppingToken) > 0)
                {
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_running);
        }

        await waking;
    }

    // A SQLite file has one process, and that is this one: leases of the one before it hold nobody.
    private static async Task<int> TakeOver(FeedbackDbContext db, CancellationToken ct) => db.Database.IsSqlite()
        ? await db.Deliveries.Where(d => d.State == DeliveryState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.LeasedUntil, DateTimeOffset.UnixEpoch), ct)
        : 0;

    private async Task WakeEverySecond(CancellationToken ct)
    {
        signal.Wake();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                signal.Wake();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task<int> StartAll(FeedbackDbContext db, CancellationToken ct) =>
        await Start(db, lanes.ToPractices, d => d.Kind != ParcelKind.TaskUpdate && d.Kind != ParcelKind.Handshake && d.Kind != ParcelKind.Notification, ct)
        + await Start(db, lanes.ToPractices, d => d.Kind == ParcelKind.TaskUpdate, ct)
        + await Start(db, lanes.ToSubscribers, d => d.Kind == ParcelKind.Handshake || d.Kind == ParcelKind.Notification, ct);

    /// <summary>Leases due parcels that have a free lane, what waits longest first; gives how many were started.</summary>
    private async Task<int> Start(
        FeedbackDbContext db, Lanes.Pool pool, Expression<Func<Delivery, bool>> isOfPool, CancellationToken ct)
    {
        var (now, free, full) = (clock.GetUtcNow(), pool.Free, lanes.Full);
        if (free == 0)
        {
            return 0;
        }

        var due = await Due(db, now).AsNoTracking().Where(isOfPool)
            .Where(d => d.Lane == null || !full.Contains(d.Lane))
            .OrderBy(d => d.NextAttemptAt).Take(free) // in the order of the index: the table may be long
            .Select(d => new { d.Id, d.Lane }).ToListAsync(ct);
        var started = 0;
        foreach (var parcel in due.Where(d => d.Lane is null || lanes.TryEnter(d.Lane)))
        {
            var until = now + SendParcel.Lease;
            var isMine = await Due(db, now).Where(d => d.Id == parcel.Id).ExecuteUpdateAsync(
                set => set.SetProperty(d => d.LeasedUntil, until).SetProperty(d => d.LeasedBy, _process), ct) == 1;
            if (isMine)
            {
                pool.Start();
                _running.Add(Task.Run(
                    () => Send(Attempt.Begin(parcel.Id, _process, clock), parcel.Lane, pool, ct), CancellationToken.None));
                started++;
            }
            else if (parcel.Lane is not null)
            {
                lanes.Leave(parcel.Lane);
            }
        }

        return started;
    }

    // Within one Task and within one subscription each goes after the one before it. Letters of a practice go before its news.
    private static IQueryable<Delivery> Due(FeedbackDbContext db, DateTimeOffset now) => db.Deliveries
        .Where(d => d.State == DeliveryState.Waiting && d.NextAttemptAt <= now && d.LeasedUntil <= now)
        .Where(d => d.SubjectId == null || !db.Deliveries.Any(
            o => o.SubjectId == d.SubjectId && o.State == DeliveryState.Waiting && o.Id != d.Id
                && (o.LeasedUntil > now || (o.Number < d.Number && !o.IsRepetition
                    && o.Kind != ParcelKind.Retraction && o.Kind != ParcelKind.Supersession)))) // what is said of an old letter holds no new one up
        .Where(d => d.Kind != ParcelKind.TaskUpdate || !db.Deliveries.Any(
            l => l.PracticeId == d.PracticeId && l.State == DeliveryState.Waiting && l.NextAttemptAt <= now
                && (l.Kind == ParcelKind.Advice || l.Kind == ParcelKind.ClosingNote)));

    private async Task Send(Attempt attempt, string? lane, Lanes.Pool pool, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<SendParcel>().Run(attempt, ct);
        }
        catch (Exception e) // the host's edge: the row keeps the failure, never its text
        {
            log.LogWarning("Parcel {DeliveryId} waits: {Failure}", attempt.DeliveryId, e.GetType().Name);
            await GiveUp(attempt, ct);
        }
        finally
        {
            pool.End();
            if (lane is not null)
            {
                lanes.Leave(lane);
            }

            signal.Wake();
        }
    }

    private async Task GiveUp(Attempt attempt, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var services = scope.ServiceProvider;
            await (ct.IsCancellationRequested
                ? services.GetRequiredService<SendParcel>().GiveBack(attempt, CancellationToken.None)
                : services.GetRequiredService<RecordOutcome>().Record(attempt, Answer.Failed(Hindrance.Defect), null, ct));
        }
        catch (Exception e) // the lease ends by itself
        {
            log.LogWarning("Parcel {DeliveryId} keeps its lease: {Failure}", attempt.DeliveryId, e.GetType().Name);
        }
    }

    // The database may be away for a while; the parcels are still there when it is back.
    private async Task<int> Try(Func<FeedbackDbContext, Task<int>> work, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await work(scope.ServiceProvider.GetRequiredService<FeedbackDbContext>());
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("The deliveries could not be read or written: {Failure}", e.GetType().Name);
            return 0;
        }
    }
}

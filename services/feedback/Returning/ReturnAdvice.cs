using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;

namespace VGIntegration.Feedback.Returning;

/// <summary>
/// Takes due letters from the delivery table and has them delivered, several at a time. A letter is leased, not locked:
/// any number of instances can work on one table, and what a killed one had in hand is taken up after its lease.
/// </summary>
internal sealed class ReturnAdvice(
    IServiceScopeFactory scopes, DeliverySignal signal, Lanes lanes, TimeProvider clock, ILogger<ReturnAdvice> log)
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
                while (await Try(db => Start(db, stoppingToken), stoppingToken) > 0)
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

    /// <summary>Leases due letters of practices that have a free lane; gives how many were started.</summary>
    private async Task<int> Start(FeedbackDbContext db, CancellationToken ct)
    {
        var (now, free, full) = (clock.GetUtcNow(), lanes.Free, lanes.Full);
        if (free == 0)
        {
            return 0;
        }

        var due = await db.Deliveries.AsNoTracking()
            .Where(d => d.State == DeliveryState.Waiting && d.NextAttemptAt <= now && d.LeasedUntil <= now)
            .Where(d => d.PracticeId == null || !full.Contains(d.PracticeId))
            .OrderBy(d => d.NextAttemptAt).Take(free).Select(d => new { d.Id, d.PracticeId }).ToListAsync(ct);
        var started = 0;
        foreach (var letter in due.Where(d => d.PracticeId is null || lanes.TryEnter(d.PracticeId)))
        {
            var until = now + DeliverLetter.Lease;
            var isMine = await db.Deliveries
                .Where(d => d.Id == letter.Id && d.State == DeliveryState.Waiting && d.LeasedUntil <= now)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(d => d.LeasedUntil, until).SetProperty(d => d.LeasedBy, _process), ct) == 1;
            if (isMine)
            {
                lanes.Start();
                _running.Add(Task.Run(() => Deliver(letter.Id, letter.PracticeId, ct), CancellationToken.None));
                started++;
            }
            else if (letter.PracticeId is not null)
            {
                lanes.Leave(letter.PracticeId);
            }
        }

        return started;
    }

    private async Task Deliver(Guid id, string? practiceId, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<DeliverLetter>().Run(id, _process, ct);
        }
        catch (Exception e) // the host's edge: the row keeps the failure, never its text
        {
            log.LogWarning("Letter {DeliveryId} waits: {Failure}", id, e.GetType().Name);
            await GiveUp(id, ct);
        }
        finally
        {
            lanes.End();
            if (practiceId is not null)
            {
                lanes.Leave(practiceId);
            }

            signal.Wake();
        }
    }

    private async Task GiveUp(Guid id, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var services = scope.ServiceProvider;
            await (ct.IsCancellationRequested
                ? services.GetRequiredService<DeliverLetter>().GiveBack(id, _process, CancellationToken.None)
                : services.GetRequiredService<RecordOutcome>().Record(id, _process, Answer.Failed(Hindrance.Defect), ct));
        }
        catch (Exception e) // the lease ends by itself
        {
            log.LogWarning("Letter {DeliveryId} keeps its lease: {Failure}", id, e.GetType().Name);
        }
    }

    // The database may be away for a while; the letters are still there when it is back.
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

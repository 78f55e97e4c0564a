using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Inviting;

/// <summary>
/// Takes due notices from their table, once a second, and has them sent. A notice is leased, so that several instances can work
/// on one table and what a killed one had in hand is taken up after its lease.
/// </summary>
internal sealed class SendNotices(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SendNotices> log) : BackgroundService
{
    private const int Batch = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
            try
            {
                while (await SendDue(stoppingToken) == Batch)
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // the database may be away for a while
            {
                log.LogWarning("The notices could not be read or written: {Failure}", e.GetType().Name);
            }
        }
    }

    /// <summary>Everything that is due now, at most twenty; gives how many were found.</summary>
    internal async Task<int> SendDue(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlanningDbContext>();
        var now = clock.GetUtcNow();
        var due = await Due(db, now).OrderBy(n => n.NextAttemptAt).Select(n => n.Id).Take(Batch).ToListAsync(ct);
        foreach (var id in due)
        {
            var (at, until) = (clock.GetUtcNow(), clock.GetUtcNow() + Notice.Lease);
            if (await Due(db, at).Where(n => n.Id == id).ExecuteUpdateAsync(set => set.SetProperty(n => n.LeasedUntil, until), ct) == 1)
            {
                await Send(id, ct);
            }
        }

        return due.Count;
    }

    private static IQueryable<Notice> Due(PlanningDbContext db, DateTimeOffset now) =>
        db.Notices.Where(n => n.State == NoticeState.Waiting && n.NextAttemptAt <= now && n.LeasedUntil <= now);

    private async Task Send(Guid id, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<SendNotice>().Run(id, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested) // the host's edge: the row keeps the failure, never its text
        {
            log.LogWarning("Notice {NoticeId} waits: {Failure}", id, e.GetType().Name);
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<SendNotice>().Postpone(id, ct);
        }
    }
}

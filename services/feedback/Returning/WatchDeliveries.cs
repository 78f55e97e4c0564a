using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;

namespace VGIntegration.Feedback.Returning;

/// <summary>Measures how long the oldest of each kind waits, and tells once of each that waits for four hours.</summary>
internal sealed class WatchDeliveries(
    IServiceScopeFactory scopes, DeliveryFigures figures, TimeProvider clock, ILogger<WatchDeliveries> log) : BackgroundService
{
    internal static readonly TimeSpan TooLong = TimeSpan.FromHours(4);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), clock);
        try
        {
            do
            {
                await TryWatch(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task TryWatch(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await Watch(scope.ServiceProvider.GetRequiredService<FeedbackDbContext>(), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested) // the host's edge: the next look is soon
        {
            log.LogWarning("The deliveries could not be watched: {Failure}", e.GetType().Name);
        }
    }

    private async Task Watch(FeedbackDbContext db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var waiting = db.Deliveries.Where(d => d.State == DeliveryState.Waiting || d.State == DeliveryState.Refused);
        var oldest = await waiting.GroupBy(d => d.Kind).Select(g => new { g.Key, Since = g.Min(d => d.WaitingSince) }).ToListAsync(ct);
        figures.Oldest = oldest.ToDictionary(o => o.Key, o => Math.Max(0, (now - o.Since).TotalSeconds));

        var before = now - TooLong;
        var late = await waiting.Where(d => d.State == DeliveryState.Waiting && !d.IsWarned && d.WaitingSince <= before)
            .OrderBy(d => d.WaitingSince).Take(100).ToListAsync(ct);
        foreach (var delivery in late)
        {
            var isKnown = !delivery.IsLetter && delivery.SubjectId is { } subject
                && await waiting.AnyAsync(d => d.SubjectId == subject && d.IsWarned, ct); // an endpoint is out of reach once
            delivery.Warn();
            if (!isKnown)
            {
                await NotArriving.Tell(
                    db, delivery, delivery.LastHindrance is Hindrance.NoAddress ? NotArriving.NoConnection : NotArriving.Unreachable, now, ct);
            }

            await db.SaveChangesAsync(ct);
        }
    }
}

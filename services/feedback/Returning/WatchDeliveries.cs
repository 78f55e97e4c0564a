using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Persistence;

namespace VGIntegration.Feedback.Returning;

/// <summary>Measures how long the oldest letter waits, and tells once of each that waits for four hours.</summary>
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
        var waiting = db.Deliveries.Where(d => d.State != DeliveryState.Delivered).OrderBy(d => d.WaitingSince);
        var oldest = await waiting.Select(d => (DateTimeOffset?)d.WaitingSince).FirstOrDefaultAsync(ct);
        figures.OldestAge = oldest is { } since ? Math.Max(0, (now - since).TotalSeconds) : 0;

        var before = now - TooLong;
        var late = await waiting.Where(d => d.State == DeliveryState.Waiting && !d.IsWarned && d.WaitingSince <= before)
            .Take(100).ToListAsync(ct);
        foreach (var delivery in late)
        {
            delivery.Warn();
            db.PublishOnSave(new AdviceUndeliverable
            {
                ReferralId = delivery.ReferralId,
                Sequence = delivery.Sequence,
                OccurredAt = now,
                AdviceId = delivery.AdviceId,
                Reason = "unreachable",
            });
            await db.SaveChangesAsync(ct);
        }
    }
}

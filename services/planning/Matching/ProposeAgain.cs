using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Registry.Keeping;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Matching;

/// <summary>
/// Once an hour: a referral for which no duo fitted, whose proposed moment went by while it waited, or whose proposal the
/// registry does not allow any more, is matched again. So a moment that comes free, or comes within the horizon, is not left
/// unseen, and no proposal waits for somebody who will not be there. What is booked is for the planner (DisturbedBookings).
/// </summary>
internal sealed class ProposeAgain(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ProposeAgain> log) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var referralId in await Waiting(stoppingToken))
                {
                    await Match(referralId, stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // the database may be away for a while
            {
                log.LogWarning("Referrals could not be matched again: {Failure}", e.GetType().Name);
            }
        }
    }

    private async Task<List<Guid>> Waiting(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlanningDbContext>();
        var now = clock.GetUtcNow();
        var region = await scope.ServiceProvider.GetRequiredService<KnownRegion>().Get(ct);
        var proposed = await db.Conversations.AsNoTracking().Where(c => c.Status == ConversationStatus.Proposed && c.StartsAt > now).ToListAsync(ct);
        var disturbed = proposed.Where(c => DisturbedBookings.Why(region, c).Any()).Select(c => c.ReferralId).ToList();
        return await db.Journeys
            .Where(j => j.PausedAt == null).Where(j => j.Stage == Stage.AwaitingMatch || (j.Stage == Stage.AwaitingSchedule
                && (j.Binding != null || disturbed.Contains(j.ReferralId) || db.Conversations.Any(c => c.ReferralId == j.ReferralId && c.Status == ConversationStatus.Proposed && c.StartsAt <= now))))
            .OrderByDescending(j => j.IsUrgent).ThenBy(j => j.ReceivedAt).Select(j => j.ReferralId).ToListAsync(ct);
    }

    private async Task Match(Guid referralId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlanningDbContext>();
        var journey = await db.Journeys.SingleAsync(j => j.ReferralId == referralId, ct);
        var passed = await db.Conversations.SingleOrDefaultAsync(c => c.ReferralId == referralId, ct);
        if (passed is null or { Status: ConversationStatus.Proposed })
        {
            await scope.ServiceProvider.GetRequiredService<FreeMoments>().ProposeBest(journey, passed, ct);
        }

        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) // a planner, or another instance, was a moment earlier; what is left waits for the next hour
        {
            log.LogInformation("A referral was not matched again: {Failure}", e.GetType().Name);
        }
    }
}

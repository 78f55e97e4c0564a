using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Choosing;

/// <summary>Once a day: links that ended a month ago are gone.</summary>
internal sealed class ForgetLinks(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ForgetLinks> log) : BackgroundService
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromDays(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var before = clock.GetUtcNow() - Kept;
                await scope.ServiceProvider.GetRequiredService<PlanningDbContext>().PersonalLinks.Where(l => l.ExpiresAt < before).ExecuteDeleteAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // the database may be away for a while
            {
                log.LogWarning("Old links could not be forgotten: {Failure}", e.GetType().Name);
            }
        }
    }
}

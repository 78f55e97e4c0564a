using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>Forgets an X-Request-Id after thirty days; the number of the referral itself is never forgotten.</summary>
internal sealed class ForgetRequests(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ForgetRequests> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var before = clock.GetUtcNow() - SeenRequest.Remembered;
                await scope.ServiceProvider.GetRequiredService<IntakeDbContext>().Set<SeenRequest>()
                    .Where(r => r.SeenAt <= before).ExecuteDeleteAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // next time is soon enough
            {
                log.LogWarning("Old request ids could not be removed: {Failure}", e.GetType().Name);
            }
        }
    }
}

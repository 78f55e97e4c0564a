using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Identity;

/// <summary>Forgets tokens, authorizations and assertions that ended more than a day ago, so that the tables stay small.</summary>
internal sealed class PruneTokens(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PruneTokens> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(6), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var before = clock.GetUtcNow().AddDays(-1);
                await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(before, stoppingToken);
                await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(before, stoppingToken);
                await scope.ServiceProvider.GetRequiredService<IntakeDbContext>().Set<UsedAssertion>()
                    .Where(u => u.ExpiresAt < before).ExecuteDeleteAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // next time is soon enough
            {
                log.LogWarning("Old tokens could not be removed: {Failure}", e.GetType().Name);
            }
        }
    }
}

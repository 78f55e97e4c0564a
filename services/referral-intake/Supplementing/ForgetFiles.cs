using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>Forgets each Binary that no document took up within a day.</summary>
internal sealed class ForgetFiles(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ForgetFiles> log) : BackgroundService
{
    internal static Task<int> Run(IntakeDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var before = now.AddDays(-1);
        return db.Files.Where(f => f.DocumentId == null && f.ReceivedAt < before).ExecuteDeleteAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await Run(scope.ServiceProvider.GetRequiredService<IntakeDbContext>(), clock.GetUtcNow(), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // next time is soon enough
            {
                log.LogWarning("Old files could not be removed: {Failure}", e.GetType().Name);
            }
        }
    }
}

using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Journey;

/// <summary>The gauge journeys: how many referrals stand at each stage, counted again every ten seconds.</summary>
internal sealed class CountJourneys(IServiceScopeFactory scopes, IMeterFactory meters, TimeProvider clock, ILogger<CountJourneys> log) : BackgroundService
{
    private volatile IReadOnlyList<Measurement<long>> _counts = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        meters.Create("VGIntegration").CreateObservableGauge("journeys", () => _counts);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10), clock);
        do
        {
            try
            {
                await Count(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // the database may be away for a while
            {
                log.LogWarning("The journeys could not be counted: {Failure}", e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Count(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlanningDbContext>();
        var counts = await db.Journeys.GroupBy(j => j.Stage).Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(ct);
        _counts = [.. counts.Select(c => new Measurement<long>(c.Count, new KeyValuePair<string, object?>("stage", c.Key.ToString())))];
    }
}

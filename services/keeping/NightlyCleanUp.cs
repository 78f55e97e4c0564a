using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace VGIntegration.Keeping;

/// <summary>When it is night in the Netherlands, summer and winter.</summary>
public static class Night
{
    // Half past three comes exactly once in every night: the clock changes at two and at three.
    private static readonly TimeOnly Quiet = new(3, 30);
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    /// <summary>The next quiet moment after this one.</summary>
    public static DateTimeOffset Next(DateTimeOffset now)
    {
        var today = At(Of(now));
        return today > now ? today : At(Of(now).AddDays(1));
    }

    /// <summary>The day it is.</summary>
    public static DateOnly Of(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Amsterdam).DateTime);

    private static DateTimeOffset At(DateOnly day)
    {
        var local = day.ToDateTime(Quiet);
        return new DateTimeOffset(local, Amsterdam.GetUtcOffset(local)).ToUniversalTime();
    }
}

/// <summary>Once a night; when the database is away, again every quarter of an hour until the morning.</summary>
internal sealed class NightlyCleanUp<TContext>(CleanUp<TContext> cleanUp, TimeProvider clock, ILogger<NightlyCleanUp<TContext>> log)
    : BackgroundService
    where TContext : DbContext
{
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => EachNight(clock, Attempts, Pause, Try, stoppingToken);

    /// <summary>The timing by itself.</summary>
    internal static async Task EachNight(TimeProvider clock, int attempts, TimeSpan pause, Func<CancellationToken, Task<bool>> work, CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(Night.Next(clock.GetUtcNow()) - clock.GetUtcNow(), clock, ct);
            for (var attempt = 1; !await work(ct) && attempt < attempts; attempt++)
            {
                await Task.Delay(pause, clock, ct);
            }
        }
    }

    private async Task<bool> Try(CancellationToken ct)
    {
        try
        {
            return await cleanUp.Run(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested) // the host's edge: the database may be away for a while
        {
            log.LogWarning("The clean-up could not begin or report: {Failure}", e.GetType().Name);
            return false;
        }
    }
}

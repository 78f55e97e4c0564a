using Microsoft.EntityFrameworkCore;

namespace VGIntegration.Keeping;

/// <summary>The kinds of data of one service, each with the period that the region chose.</summary>
public sealed class KeptKinds<TContext>
    where TContext : DbContext
{
    private readonly Dictionary<string, Period> _chosen;

    internal KeptKinds(IReadOnlyList<KindOfData<TContext>> kinds, Dictionary<string, Period> chosen) => (Kinds, _chosen) = (kinds, chosen);

    /// <summary>In the order in which they are cleaned up.</summary>
    public IReadOnlyList<KindOfData<TContext>> Kinds { get; }

    internal Period PeriodOf(KindOfData<TContext> kind) => _chosen.GetValueOrDefault(kind.Name, kind.Default);

    /// <summary>What is kept for how long, and what the last clean-up of each did.</summary>
    public async Task<IReadOnlyList<KeptKind>> Report(TContext db, CancellationToken ct)
    {
        var last = await db.Set<CleanUpRun>().AsNoTracking()
            .Where(r => r.Night == db.Set<CleanUpRun>().Where(o => o.Kind == r.Kind).Max(o => o.Night)).ToDictionaryAsync(r => r.Kind, ct);
        return [.. Kinds.Select(kind => new KeptKind(
            kind.Name, kind.What, PeriodOf(kind).InDutch, kind.CountsFrom, kind.Ground, last.GetValueOrDefault(kind.Name) is { } run
                ? new LastRun(run.FinishedAt ?? run.StartedAt, run.Removed, DateOnly.FromDateTime(run.UpTo.UtcDateTime), run.FinishedAt is null ? "Busy" : run.Failure)
                : null))];
    }
}

/// <summary>One line of the manager's page; services tell each other this.</summary>
public sealed record KeptKind(string Name, string What, string Period, string CountsFrom, string Ground, LastRun? Last);

/// <summary>The last clean-up of a kind.</summary>
/// <param name="At">When it ended; UTC.</param>
/// <param name="Removed">How many.</param>
/// <param name="UpTo">What was from before this day.</param>
/// <param name="Failure">Null when it went well; Busy when it did not end.</param>
public sealed record LastRun(DateTimeOffset At, int Removed, DateOnly UpTo, string? Failure);

using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Registry;

/// <summary>The registry as read from the tables, until it is changed here, or by another instance of this service.</summary>
internal sealed class KnownRegion(IServiceScopeFactory scopes, PublicHolidays holidays, TimeProvider clock) : IDisposable
{
    /// <summary>How long a change that another instance made may stay unseen.</summary>
    internal static readonly TimeSpan Unseen = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1);
    private Known? _known;
    private int _forgotten;

    internal async ValueTask<Region> Get(CancellationToken ct)
    {
        if (_known is { } known && clock.GetElapsedTime(known.CheckedAt) < Unseen)
        {
            return known.Region;
        }

        await _one.WaitAsync(ct);
        try
        {
            var before = Volatile.Read(ref _forgotten);
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PlanningDbContext>();
            var (checkedAt, changes) = (clock.GetTimestamp(), await db.Set<RegistryChange>().CountAsync(ct));
            var region = _known is { } same && same.Changes == changes ? same.Region : await Read(db, ct);
            var isFinal = region.Duos.Count > 0 && before == Volatile.Read(ref _forgotten); // an empty registry is about to be filled
            _known = isFinal ? new Known(region, changes, checkedAt) : null;
            return region;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Somebody changed the registry: the next question reads it again.</summary>
    internal void Forget()
    {
        Interlocked.Increment(ref _forgotten);
        _known = null;
    }

    public void Dispose() => _one.Dispose();

    private async Task<Region> Read(PlanningDbContext db, CancellationToken ct)
    {
        var calendar = new RegionCalendar(
            await db.Set<Absence>().AsNoTracking().ToListAsync(ct), await db.Set<MomentPause>().AsNoTracking().ToListAsync(ct),
            await db.Set<Holiday>().AsNoTracking().ToListAsync(ct), holidays);
        return new Region(
            await db.Set<Organisation>().AsNoTracking().ToListAsync(ct), await db.Set<Agreement>().AsNoTracking().ToListAsync(ct),
            await db.Set<Professional>().AsNoTracking().ToListAsync(ct), await db.Set<Location>().AsNoTracking().ToListAsync(ct),
            await db.Set<Duo>().AsNoTracking().ToListAsync(ct), await db.Set<FixedMoment>().AsNoTracking().ToListAsync(ct),
            await db.Set<PostcodeArea>().AsNoTracking().ToListAsync(ct), calendar, await db.Set<Role>().AsNoTracking().ToListAsync(ct));
    }

    private sealed record Known(Region Region, int Changes, long CheckedAt);
}

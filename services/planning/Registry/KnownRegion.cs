using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Registry;

/// <summary>The registry as read once from the tables. Nothing changes them yet while the service runs; the start loads them.</summary>
internal sealed class KnownRegion(IServiceScopeFactory scopes) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private Region? _region;

    internal async ValueTask<Region> Get(CancellationToken ct)
    {
        if (_region is { } known)
        {
            return known;
        }

        await _one.WaitAsync(ct);
        try
        {
            var read = _region ?? await Read(ct);
            return read.Duos.Count == 0 ? read : _region = read; // an empty registry is about to be filled
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<Region> Read(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlanningDbContext>();
        return new Region(
            await db.Set<Organisation>().AsNoTracking().ToListAsync(ct), await db.Set<Agreement>().AsNoTracking().ToListAsync(ct),
            await db.Set<Professional>().AsNoTracking().ToListAsync(ct), await db.Set<Location>().AsNoTracking().ToListAsync(ct),
            await db.Set<Duo>().AsNoTracking().ToListAsync(ct), await db.Set<FixedMoment>().AsNoTracking().ToListAsync(ct),
            await db.Set<PostcodeArea>().AsNoTracking().ToListAsync(ct));
    }
}

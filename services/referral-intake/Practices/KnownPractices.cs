using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Practices;

/// <summary>What each request must know of the practice that asks.</summary>
internal sealed record KnownPractice(Guid Id, bool IsOn, string? Certificates, DateTimeOffset ReadAt);

/// <summary>The practices that asked lately. What changed elsewhere is known after two seconds at the latest.</summary>
internal sealed class KnownPractices(TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, KnownPractice> _byClient = new();

    public ValueTask<KnownPractice?> Find(string client, HttpContext http) =>
        _byClient.TryGetValue(client, out var known) && clock.GetUtcNow() - known.ReadAt < Fresh
            ? new(known)
            : new(Read(client, http));

    /// <summary>A change here counts at once.</summary>
    public void Forget(string client) => _byClient.TryRemove(client, out _);

    private async Task<KnownPractice?> Read(string client, HttpContext http)
    {
        var now = clock.GetUtcNow();
        var db = http.RequestServices.GetRequiredService<IntakeDbContext>();
        var found = await db.Practices.Where(p => p.ClientId == client)
            .Select(p => new KnownPractice(p.Id, p.SwitchedOffAt == null, p.Certificates, now)).SingleOrDefaultAsync(http.RequestAborted);
        if (found is null)
        {
            Forget(client);
        }
        else
        {
            _byClient[client] = found;
        }

        return found;
    }
}

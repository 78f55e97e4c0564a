using System.Collections.Concurrent;
using Microsoft.IdentityModel.Tokens;

namespace VGIntegration.ReferralIntake.Practices;

/// <summary>The keys with which a practice's assertions are checked: as registered, or as its own address gives them.</summary>
internal sealed class ClientKeys(IHttpClientFactory http, TimeProvider clock, ILogger<ClientKeys> log)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Usable = TimeSpan.FromHours(1); // while the practice's address gives no answer
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(10); // for a kid that is not known yet

    private readonly ConcurrentDictionary<string, Fetched> _fetched = new();

    public async Task<IReadOnlyList<JsonWebKey>> Of(Practice practice, string? kid, CancellationToken ct)
    {
        if (practice.JwksUri is not { } address)
        {
            return KeySet.Read(practice.Jwks);
        }

        var now = clock.GetUtcNow();
        var known = _fetched.GetValueOrDefault(address);
        if (known is not null && now - known.At < (known.Keys.Any(k => k.Kid == kid) ? Fresh : AskAgain))
        {
            return known.Keys;
        }

        if (await Fetch(address, ct) is { } keys)
        {
            _fetched[address] = new(keys, now);
            return keys;
        }

        return known is not null && now - known.At < Usable ? known.Keys : [];
    }

    private async Task<IReadOnlyList<JsonWebKey>?> Fetch(string address, CancellationToken ct)
    {
        try
        {
            using var client = http.CreateClient(nameof(ClientKeys));
            return KeySet.Read(await client.GetStringAsync(new Uri(address), ct)) is { Count: > 0 } keys ? keys : null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            log.LogWarning("The keys of a practice could not be fetched: {Failure}", e.GetType().Name);
            return null;
        }
    }

    private sealed record Fetched(IReadOnlyList<JsonWebKey> Keys, DateTimeOffset At);
}

using System.Collections.Concurrent;

namespace VGIntegration.ReferralIntake.Identity;

/// <summary>
/// Wrong passwords per name, known or not, so that the answer tells nobody which names exist: five in a row, and the name
/// waits five minutes, whatever the password.
/// </summary>
internal sealed class Guesses(TimeProvider clock)
{
    internal static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);
    private const int Allowed = 5;
    private const int Names = 10_000;

    private readonly ConcurrentDictionary<string, (int Count, DateTimeOffset Last)> _wrong = new();

    internal bool AreTooMany(string? name) =>
        _wrong.TryGetValue(Key(name), out var wrong) && wrong.Count >= Allowed && clock.GetUtcNow() - wrong.Last < Pause;

    internal void Wrong(string? name)
    {
        var now = clock.GetUtcNow();
        if (_wrong.Count >= Names)
        {
            foreach (var (old, wrong) in _wrong)
            {
                _ = now - wrong.Last < Pause || _wrong.TryRemove(old, out _);
            }
        }

        _wrong.AddOrUpdate(Key(name), (1, now), (_, wrong) => now - wrong.Last < Pause ? (wrong.Count + 1, now) : (1, now));
    }

    internal void Right(string? name) => _wrong.TryRemove(Key(name), out _);

    private static string Key(string? name) => name is null ? "" : name.Trim().ToLowerInvariant() is { Length: > 100 } long_ ? long_[..100] : name.Trim().ToLowerInvariant();
}

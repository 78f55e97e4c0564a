using System.Collections.Concurrent;

namespace VGIntegration.Feedback.Returning;

/// <summary>How many letters are on their way at once: in all, and to one practice, so that none waits for another's.</summary>
internal sealed class Lanes
{
    internal const int InAll = 128;
    internal const int PerPractice = 4;

    private readonly ConcurrentDictionary<string, int> _busy = new();
    private int _all;

    public int Free => InAll - Volatile.Read(ref _all);

    public IReadOnlyList<string> Full => [.. _busy.Where(p => p.Value >= PerPractice).Select(p => p.Key)];

    public void Start() => Interlocked.Increment(ref _all);

    public void End() => Interlocked.Decrement(ref _all);

    public bool TryEnter(string practiceId)
    {
        if (_busy.AddOrUpdate(practiceId, 1, (_, busy) => busy + 1) <= PerPractice)
        {
            return true;
        }

        Leave(practiceId);
        return false;
    }

    public void Leave(string practiceId) => _busy.AddOrUpdate(practiceId, 0, (_, busy) => busy - 1);
}

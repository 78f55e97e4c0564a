using System.Collections.Concurrent;

namespace VGIntegration.Feedback.Returning;

/// <summary>
/// How many parcels are on their way at once: in all, and to one practice, so that none waits for another's. Letters, news of
/// Tasks and each subscription have lanes of their own: what hangs in one holds up nothing in another. A lane is one parcel
/// wide until the practice has answered, and again when it does not: practices that hang never fill what all share.
/// </summary>
internal sealed class Lanes
{
    internal const int PerPractice = 4;
    private const int TasksPerPractice = 2;

    private readonly ConcurrentDictionary<string, int> _busy = new();

    // How often in a row a practice gave no answer; 0 of one that answers, and nothing yet of one that was not tried.
    private readonly ConcurrentDictionary<string, int> _failures = new();

    /// <summary>To practices: letters and news of Tasks.</summary>
    internal Pool ToPractices { get; } = new(128);

    /// <summary>To the endpoints of subscriptions.</summary>
    internal Pool ToSubscribers { get; } = new(64);

    public IReadOnlyList<string> Full => [.. _busy.Where(lane => lane.Value >= Width(lane.Key)).Select(lane => lane.Key)];

    internal static string OfLetters(string practiceId) => $"letters/{practiceId}";

    internal static string OfTasks(string practiceId) => $"tasks/{practiceId}";

    internal static string OfSubscription(Guid subscriptionId) => $"subscription/{subscriptionId}";

    public bool TryEnter(string lane)
    {
        if (_busy.AddOrUpdate(lane, 1, (_, busy) => busy + 1) <= Width(lane))
        {
            return true;
        }

        Leave(lane);
        return false;
    }

    public void Leave(string lane) => _busy.AddOrUpdate(lane, 0, (_, busy) => busy - 1);

    /// <summary>The practice answered; gives whether it did so the time before as well.</summary>
    public bool Answered(string lane)
    {
        var answeredBefore = _failures.TryGetValue(Owner(lane), out var failures) && failures == 0;
        _failures[Owner(lane)] = 0;
        return answeredBefore;
    }

    /// <summary>The practice did not answer, or not as one that works; gives how often in a row.</summary>
    public int Failed(string lane) => _failures.AddOrUpdate(Owner(lane), 1, (_, failures) => failures + 1);

    private static string Owner(string lane) => lane[(lane.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private int Width(string lane) => _failures.TryGetValue(Owner(lane), out var failures) && failures == 0
        ? lane[0] switch
        {
            'l' => PerPractice,
            't' => TasksPerPractice,
            _ => 1,
        }
        : 1;

    /// <summary>How many are on their way in all.</summary>
    internal sealed class Pool(int size)
    {
        private int _busy;

        public int Free => size - Volatile.Read(ref _busy);

        public void Start() => Interlocked.Increment(ref _busy);

        public void End() => Interlocked.Decrement(ref _busy);
    }
}

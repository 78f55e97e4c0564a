using System.Collections.Concurrent;

namespace VGIntegration.Feedback.Returning;

/// <summary>
/// How many parcels are on their way at once: in all, and to one practice, so that none waits for another's. Letters, news of
/// Tasks and each subscription have lanes of their own: what hangs in one holds up nothing in another.
/// </summary>
internal sealed class Lanes
{
    internal const int PerPractice = 4;
    private const int TasksPerPractice = 2;

    private readonly ConcurrentDictionary<string, int> _busy = new();

    /// <summary>To practices: letters and news of Tasks.</summary>
    internal Pool ToPractices { get; } = new(128);

    /// <summary>To the endpoints of subscriptions.</summary>
    internal Pool ToSubscribers { get; } = new(64);

    public IReadOnlyList<string> Full => [.. _busy.Where(lane => lane.Value >= Width(lane.Key)).Select(lane => lane.Key)];

    internal static string OfLetters(string practiceId) => $"letters/{practiceId}";

    internal static string OfTasks(string practiceId) => $"tasks/{practiceId}";

    internal static string OfSubscription(Guid subscriptionId) => $"subscription/{subscriptionId}";

    internal Pool PoolOf(ParcelKind kind) => kind is ParcelKind.Handshake or ParcelKind.Notification ? ToSubscribers : ToPractices;

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

    private static int Width(string lane) => lane[0] switch
    {
        'l' => PerPractice,
        't' => TasksPerPractice,
        _ => 1,
    };

    /// <summary>How many are on their way in all.</summary>
    internal sealed class Pool(int size)
    {
        private int _busy;

        public int Free => size - Volatile.Read(ref _busy);

        public void Start() => Interlocked.Increment(ref _busy);

        public void End() => Interlocked.Decrement(ref _busy);
    }
}

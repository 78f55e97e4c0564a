namespace VGIntegration.Planning.Matching;

/// <summary>
/// What there is to divide, in numbers. A spot is one moment in a half-day; it needs three cells: the moment of each of the
/// two professionals, and of the place. Referrals with the same wishes share one list of half-days, cheapest first.
/// </summary>
internal sealed class ListOptions
{
    private const int MostEntries = 16_000_000;
    private static readonly TimeSpan HalfADay = TimeSpan.FromHours(12);
    private readonly Dictionary<(Guid Who, Guid Place, DateTimeOffset At), int> _cells = [];

    internal ListOptions(Matcher matcher, IReadOnlyList<Waiting> list, DateTimeOffset now, int weeks)
    {
        Halves = matcher.Open(now, weeks);
        First = new int[Halves.Count + 1];
        var (spots, starts, needs, capacity) = (new List<int>(), new List<DateTimeOffset>(), new List<(int, int, int)>(), new List<int>());
        for (var half = 0; half < Halves.Count; half++)
        {
            var (one, other, place) = (Halves[half].MentalHealth.Id, Halves[half].SocialDomain.Id, Halves[half].Location.Id);
            foreach (var start in Halves[half].Free)
            {
                spots.Add(half);
                starts.Add(start);
                needs.Add((Cell((one, place, start), 1, capacity), Cell((other, place, start), 1, capacity), Cell((place, place, start), matcher.RoomsLeft(place, start), capacity)));
            }

            First[half + 1] = spots.Count;
        }

        (HalfOf, StartOf, Needs, Capacity) = ([.. spots], [.. starts], [.. needs], [.. capacity]);
        Clashing = Overlaps(matcher);
        var groups = list.Select(w => w.Wishes).Distinct().ToList();
        var index = groups.Select((wishes, i) => (wishes, i)).ToDictionary(g => g.wishes, g => g.i);
        GroupOf = [.. list.Select(w => index[w.Wishes])];
        Size = new int[groups.Count];
        Array.ForEach(GroupOf, g => Size[g]++);
        Entries = new Entry[groups.Count][];
        Beyond = new float[groups.Count];
        var most = Math.Max(500, MostEntries / Math.Max(1, groups.Count));
        Parallel.For(0, groups.Count, g => (Entries[g], Beyond[g]) = Listed(matcher.Scores(groups[g], Halves), most));
    }

    internal List<HalfDay> Halves { get; }

    /// <summary>The first spot of each half-day.</summary>
    internal int[] First { get; }
    internal int[] HalfOf { get; }
    internal DateTimeOffset[] StartOf { get; }
    internal (int One, int Other, int Place)[] Needs { get; }

    /// <summary>How many conversations there can be in a cell.</summary>
    internal int[] Capacity { get; }

    /// <summary>Cells of the same professional or place that overlap with this one.</summary>
    internal int[][] Clashing { get; }
    internal int[] GroupOf { get; }
    internal int[] Size { get; }
    internal Entry[][] Entries { get; }

    /// <summary>What is not listed for a group costs at least this.</summary>
    internal float[] Beyond { get; }

    private int Cell((Guid Who, Guid Place, DateTimeOffset At) key, int atOnce, List<int> capacity)
    {
        if (!_cells.TryGetValue(key, out var cell))
        {
            _cells[key] = cell = capacity.Count;
            capacity.Add(atOnce);
        }

        return cell;
    }

    // In a place what is at the same time; for a professional also what is too far away to get there in time.
    private int[][] Overlaps(Matcher matcher)
    {
        var clashing = new int[Capacity.Length][];
        foreach (var own in _cells.GroupBy(c => c.Key.Who))
        {
            var sorted = own.OrderBy(c => c.Key.At).ToList();
            for (var i = 0; i < sorted.Count; i++)
            {
                var (one, around) = (sorted[i].Key, new List<int>());
                for (var j = i - 1; j >= 0 && one.At - sorted[j].Key.At < HalfADay; j--)
                {
                    Add(sorted[j]);
                }

                for (var j = i + 1; j < sorted.Count && sorted[j].Key.At - one.At < HalfADay; j++)
                {
                    Add(sorted[j]);
                }

                void Add(KeyValuePair<(Guid Who, Guid Place, DateTimeOffset At), int> other)
                {
                    var clashes = one.Who == one.Place
                        ? (one.At - other.Key.At).Duration() < Matcher.Slot
                        : !matcher.CanDoBoth(one.Place, one.At, other.Key.Place, other.Key.At);
                    around.AddRange(clashes ? [other.Value] : []);
                }

                clashing[sorted[i].Value] = [.. around];
            }
        }

        return clashing;
    }

    private static (Entry[] Entries, float Beyond) Listed(float[] scores, int most)
    {
        var halves = Enumerable.Range(0, scores.Length).Where(h => scores[h] < ListPlan.Worth).ToArray();
        var keys = Array.ConvertAll(halves, h => scores[h]);
        Array.Sort(keys, halves);
        var entries = new Entry[Math.Min(most, halves.Length)];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = new Entry(halves[i], keys[i]);
        }

        return (entries, entries.Length < halves.Length ? keys[entries.Length] : ListPlan.Worth);
    }

    /// <summary>A half-day, and its penalty points for a group.</summary>
    internal readonly record struct Entry(int Half, float Score);
}

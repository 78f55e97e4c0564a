namespace VGIntegration.Planning.Matching;

/// <summary>Who has which spot. Nothing is taken twice, overlaps, or fills a place beyond its rooms.</summary>
internal sealed class ListDivision
{
    private readonly ListOptions _options;
    private readonly List<int>[] _holders;
    private readonly int[] _from;

    internal ListDivision(ListOptions options)
    {
        _options = options;
        _holders = [.. options.Capacity.Select(_ => new List<int>(1))];
        _from = new int[options.Entries.Length];
        SpotOf = new int[options.GroupOf.Length];
        Array.Fill(SpotOf, -1);
        Cost = new float[SpotOf.Length];
        Array.Fill(Cost, ListPlan.Worth);
    }

    /// <summary>The spot of each referral; below zero for none.</summary>
    internal int[] SpotOf { get; }

    /// <summary>The penalty points of each; the worth of being planned where there is none.</summary>
    internal float[] Cost { get; }

    internal double Value => Cost.Sum(c => (double)ListPlan.Worth - c);

    internal void Take(int who, int spot, float score)
    {
        var (one, other, place) = _options.Needs[spot];
        _holders[one].Add(who);
        _holders[other].Add(who);
        _holders[place].Add(who);
        (SpotOf[who], Cost[who]) = (spot, score);
    }

    internal void Release(int who)
    {
        if (SpotOf[who] is >= 0 and var spot)
        {
            var (one, other, place) = _options.Needs[spot];
            _holders[one].Remove(who);
            _holders[other].Remove(who);
            _holders[place].Remove(who);
            (SpotOf[who], Cost[who]) = (-1, ListPlan.Worth);
        }
    }

    internal bool IsFree(int spot)
    {
        var (one, other, place) = _options.Needs[spot];
        return HasRoom(one) && HasRoom(other) && HasRoom(place);
    }

    /// <summary>Who must make room for this spot; in a full place somebody by chance.</summary>
    internal void Rivals(int spot, Random random, List<int> rivals)
    {
        var (one, other, place) = _options.Needs[spot];
        rivals.Clear();
        AddHolders(one, rivals);
        AddHolders(other, rivals);
        if (!rivals.Exists(r => _options.Needs[SpotOf[r]].Place == place) && !HasRoom(place))
        {
            if (_options.Clashing[place].Length > 0)
            {
                AddHolders(place, rivals);
            }
            else if (_holders[place] is { Count: > 0 } all)
            {
                rivals.Add(all[random.Next(all.Count)]);
            }
        }
    }

    /// <summary>Each of these without a spot, in their order, takes the cheapest that is free.</summary>
    internal void Fill(IEnumerable<int> people)
    {
        Array.Clear(_from);
        foreach (var who in people.Where(w => SpotOf[w] < 0))
        {
            var (spot, score) = BestFree(_options.GroupOf[who]);
            if (spot >= 0)
            {
                Take(who, spot, score);
            }
        }
    }

    /// <summary>The cheapest free spot for a group; below zero for none. While nothing is released, it goes on where it was.</summary>
    internal (int Spot, float Score) BestFree(int group)
    {
        var entries = _options.Entries[group];
        for (; _from[group] < entries.Length; _from[group]++)
        {
            var (half, score) = entries[_from[group]];
            for (var spot = _options.First[half]; spot < _options.First[half + 1]; spot++)
            {
                if (IsFree(spot))
                {
                    return (spot, score);
                }
            }
        }

        return (-1, ListPlan.Worth);
    }

    private bool HasRoom(int cell)
    {
        var (taken, around) = (_holders[cell].Count, _options.Clashing[cell]);
        foreach (var other in around)
        {
            taken += _holders[other].Count;
        }

        return taken < _options.Capacity[cell];
    }

    private void AddHolders(int cell, List<int> rivals)
    {
        Add(_holders[cell], rivals);
        foreach (var other in _options.Clashing[cell])
        {
            Add(_holders[other], rivals);
        }
    }

    private static void Add(List<int> holders, List<int> rivals)
    {
        foreach (var holder in holders)
        {
            if (!rivals.Contains(holder))
            {
                rivals.Add(holder);
            }
        }
    }
}

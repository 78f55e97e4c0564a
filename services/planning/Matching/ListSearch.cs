using System.Diagnostics;

namespace VGIntegration.Planning.Matching;

/// <summary>
/// Divides the list at given prices, and improves the division: a referral moves to a spot that is good for it, who had it
/// moves on to what is free. What makes it worse is kept at first now and then, later ever more seldom.
/// </summary>
internal sealed class ListSearch(ListOptions options, ListPrices prices, ListDivision division)
{
    private const int Short = 250;
    private const double Hot = 0.1, Cold = 0.002;
    private readonly Random _random = new(1);
    private readonly List<int> _rivals = [];
    private readonly List<(int Who, int Spot, float Cost)> _before = [];
    private (int Spot, float Score, float Priced)[][] _near = [];

    internal void Run(TimeSpan until, long began)
    {
        _near = new (int, float, float)[options.Entries.Length][];
        Parallel.For(0, _near.Length, group => _near[group] = Near(group));
        var people = Enumerable.Range(0, options.GroupOf.Length).ToArray();
        _random.Shuffle(people);
        Array.ForEach(people, Place);
        division.Fill(people);

        var (start, steps) = (Stopwatch.GetElapsedTime(began), 0L);
        var (enough, temperature) = (20_000L + (people.Length * 5_000L), Hot);
        while (people.Length > 0 && steps < enough && prices.Bound - division.Value > 1e-3)
        {
            var spent = Math.Max((Stopwatch.GetElapsedTime(began) - start) / (until - start), (double)steps / enough);
            if (spent >= 1)
            {
                break;
            }

            temperature = Hot * Math.Pow(Cold / Hot, spent);
            for (var i = 0; i < 2_000; i++, steps++)
            {
                Move(_random.Next(people.Length), temperature);
            }
        }

        division.Fill(people);
    }

    // The spots that are best after the price.
    private (int Spot, float Score, float Priced)[] Near(int group)
    {
        var (near, worst) = (new PriorityQueue<(int Spot, float Score, float Priced), float>(), float.PositiveInfinity);
        foreach (var (half, score) in options.Entries[group])
        {
            if (score >= worst)
            {
                break;
            }

            for (var spot = options.First[half]; spot < options.First[half + 1]; spot++)
            {
                var priced = score + prices.Of(spot);
                if (near.Count < Short)
                {
                    near.Enqueue((spot, score, priced), -priced);
                }
                else if (priced < worst)
                {
                    near.EnqueueDequeue((spot, score, priced), -priced);
                }

                worst = near.Count < Short ? float.PositiveInfinity : near.Peek().Priced;
            }
        }

        return [.. near.UnorderedItems.Select(n => n.Element).OrderBy(n => n.Priced)];
    }

    private void Place(int who)
    {
        foreach (var (spot, score, _) in _near[options.GroupOf[who]])
        {
            if (division.IsFree(spot))
            {
                division.Take(who, spot, score);
                return;
            }
        }
    }

    private void Move(int who, double temperature)
    {
        var near = _near[options.GroupOf[who]];
        if (near.Length == 0)
        {
            return;
        }

        var draw = _random.NextDouble();
        var (wanted, score, _) = near[(int)(near.Length * draw * draw * draw)];
        if (wanted == division.SpotOf[who])
        {
            return;
        }

        _before.Clear();
        Remember(who);
        division.Rivals(wanted, _random, _rivals);
        foreach (var rival in _rivals)
        {
            if (rival != who)
            {
                Remember(rival);
            }
        }

        if (division.IsFree(wanted))
        {
            division.Take(who, wanted, score);
            for (var i = 1; i < _before.Count; i++)
            {
                Place(_before[i].Who);
            }

            var worse = _before.Sum(b => (double)division.Cost[b.Who] - b.Cost);
            if (worse <= 0 || _random.NextDouble() < Math.Exp(-worse / temperature))
            {
                return;
            }
        }

        Undo();
    }

    private void Remember(int who)
    {
        _before.Add((who, division.SpotOf[who], division.Cost[who]));
        division.Release(who);
    }

    private void Undo()
    {
        foreach (var (who, _, _) in _before)
        {
            division.Release(who);
        }

        foreach (var (who, spot, cost) in _before)
        {
            if (spot >= 0)
            {
                division.Take(who, spot, cost);
            }
        }
    }
}

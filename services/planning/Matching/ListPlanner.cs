using System.Diagnostics;

namespace VGIntegration.Planning.Matching;

/// <summary>
/// Plans many referrals together, over the same half-days and score as <see cref="Matcher"/> has for one. First each
/// professional and place gets a price for each moment, so that nothing is wanted more often than it is there (the prices
/// give the bound, by Lagrangian duality); then the list is divided at these prices, and the division improved by swaps.
/// </summary>
internal sealed class ListPlanner(Matcher matcher, DateTimeOffset now, int weeks)
{
    /// <summary>In the order of the list each takes the best that is left: what planning one by one comes to.</summary>
    internal ListPlan OneByOne(IReadOnlyList<Waiting> list)
    {
        var options = new ListOptions(matcher, list, now, weeks);
        var division = new ListDivision(options);
        division.Fill(Enumerable.Range(0, list.Count));
        return Told(list, options, division, double.PositiveInfinity);
    }

    /// <summary>Of everything that is still possible for anybody, always the cheapest first.</summary>
    internal ListPlan CheapestFirst(IReadOnlyList<Waiting> list)
    {
        var options = new ListOptions(matcher, list, now, weeks);
        var (division, next) = (new ListDivision(options), new PriorityQueue<int, float>());
        var members = Enumerable.Range(0, list.Count).GroupBy(who => options.GroupOf[who]).ToDictionary(g => g.Key, g => new Queue<int>(g));
        next.EnqueueRange(members.Keys.Select(group => (group, float.NegativeInfinity)));
        while (next.TryDequeue(out var group, out var expected))
        {
            var (spot, score) = division.BestFree(group);
            if (spot >= 0 && score <= expected)
            {
                division.Take(members[group].Dequeue(), spot, score);
            }

            if (spot >= 0 && members[group].Count > 0)
            {
                next.Enqueue(group, score);
            }
        }

        return Told(list, options, division, double.PositiveInfinity);
    }

    internal ListPlan Together(IReadOnlyList<Waiting> list, TimeSpan limit)
    {
        var began = Stopwatch.GetTimestamp();
        var options = new ListOptions(matcher, list, now, weeks);
        var prices = new ListPrices(options);
        prices.Settle(Stopwatch.GetElapsedTime(began) + ((limit - Stopwatch.GetElapsedTime(began)) * 0.45), began);
        var division = new ListDivision(options);
        new ListSearch(options, prices, division).Run(limit * 0.95, began);
        return Told(list, options, division, prices.Bound);
    }

    private ListPlan Told(IReadOnlyList<Waiting> list, ListOptions options, ListDivision division, double bound)
    {
        var planned = new Dictionary<Guid, Candidate>();
        for (var who = 0; who < list.Count; who++)
        {
            if (division.SpotOf[who] is >= 0 and var spot)
            {
                planned[list[who].ReferralId] = matcher.CandidateOf(options.Halves[options.HalfOf[spot]], list[who].Wishes, options.StartOf[spot]);
            }
        }

        return new ListPlan(planned, planned.Values.Sum(c => ListPlan.Worth - c.Score), bound);
    }
}

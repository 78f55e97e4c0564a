using System.Diagnostics;

namespace VGIntegration.Planning.Matching;

/// <summary>A referral that waits for a moment.</summary>
internal sealed record Waiting(Guid ReferralId, Wishes Wishes);

/// <summary>A proposal for many referrals at once, with what no plan could ever be worth more than.</summary>
internal sealed record ListPlan(IReadOnlyDictionary<Guid, Candidate> Planned, double Value, double Bound)
{
    /// <summary>What it is worth that a referral is planned at all; the penalty points of its proposal go off.</summary>
    internal const double Worth = 100;

    internal double Regret => Bound - Value;
}

/// <summary>
/// Plans many referrals together, over the same candidates and score as <see cref="Matcher"/> gives for one. Each moment of
/// a professional or place has a price; a referral bids for what is best for it after the price, as much as it is better than
/// its second best, and takes the place of whoever was there (an auction). The prices give the bound, by Lagrangian duality.
/// </summary>
internal sealed class ListPlanner(Matcher matcher, DateTimeOffset now, int weeks, int choices = 400)
{
    private readonly Dictionary<Guid, List<Holder>> _holders = [];
    private readonly Dictionary<(Guid Who, DateTimeOffset StartsAt), double> _prices = [];
    private Dictionary<Wishes, List<Candidate>> _candidates = [];

    /// <summary>In the order of the list each takes the best that is left: what planning one by one comes to.</summary>
    internal ListPlan OneByOne(IReadOnlyList<Waiting> list)
    {
        Begin(list);
        var planned = new Dictionary<Guid, Candidate>();
        foreach (var waiting in list)
        {
            if (_candidates[waiting.Wishes].Find(c => Rivals(c).Count == 0) is { } free)
            {
                planned[waiting.ReferralId] = free;
                Take(waiting, free);
            }
        }

        return Finish(planned, list);
    }

    internal ListPlan Together(IReadOnlyList<Waiting> list, TimeSpan limit, double step = 0.05)
    {
        Begin(list);
        var began = Stopwatch.GetTimestamp();
        var planned = new Dictionary<Guid, Candidate>();
        var without = new Queue<Waiting>(list);
        while (without.TryDequeue(out var bidder))
        {
            if (Stopwatch.GetElapsedTime(began) > limit)
            {
                without.Enqueue(bidder);
                break;
            }

            var (best, cost, second) = Choose(bidder);
            if (best is null || cost >= ListPlan.Worth)
            {
                continue;
            }

            foreach (var rival in Rivals(best))
            {
                Release(rival);
                planned.Remove(rival.Waiting.ReferralId);
                without.Enqueue(rival.Waiting);
            }

            var key = (best.MentalHealthProfessionalId, best.StartsAt);
            _prices[key] = _prices.GetValueOrDefault(key) + Math.Min(second, ListPlan.Worth) - cost + step;
            planned[bidder.ReferralId] = best;
            Take(bidder, best);
        }

        Fill(list, planned);
        return Finish(planned, list);
    }

    // What the auction left, or had no time for, takes what is free.
    private void Fill(IReadOnlyList<Waiting> list, Dictionary<Guid, Candidate> planned)
    {
        foreach (var waiting in list.Where(w => !planned.ContainsKey(w.ReferralId)))
        {
            if (_candidates[waiting.Wishes].Find(c => c.Score < ListPlan.Worth && Rivals(c).Count == 0) is { } free)
            {
                planned[waiting.ReferralId] = free;
                Take(waiting, free);
            }
        }
    }

    private void Begin(IReadOnlyList<Waiting> list)
    {
        _holders.Clear();
        _prices.Clear();
        _candidates = list.Select(w => w.Wishes).Distinct().ToDictionary(w => w, w => matcher.Find(w, now, weeks, choices).Candidates.ToList());
    }

    private (Candidate? Best, double Cost, double Second) Choose(Waiting bidder)
    {
        var (best, cost, second) = ((Candidate?)null, double.PositiveInfinity, double.PositiveInfinity);
        foreach (var candidate in _candidates[bidder.Wishes].TakeWhile(c => c.Score < second))
        {
            var asked = candidate.Score + PriceOf(candidate);
            if (asked < cost)
            {
                (best, cost, second) = (candidate, asked, cost);
            }
            else if (asked < second)
            {
                second = asked;
            }
        }

        return (best, cost, second);
    }

    private double PriceOf(Candidate c) => _prices.GetValueOrDefault((c.MentalHealthProfessionalId, c.StartsAt));

    private static (Guid Who, bool IsPlace)[] Needs(Candidate c) =>
        [(c.MentalHealthProfessionalId, false), (c.SocialDomainProfessionalId, false), (c.LocationId, true)];

    // Who must make room: everybody who keeps one of the two busy, and in a full place the one that came first.
    private List<Holder> Rivals(Candidate wanted)
    {
        var rivals = new List<Holder>();
        foreach (var (who, isPlace) in Needs(wanted))
        {
            if (_holders.TryGetValue(who, out var all))
            {
                var overlapping = all.Where(h => isPlace ? (h.Candidate.StartsAt - wanted.StartsAt).Duration() < Matcher.Slot : !matcher.CanDoBoth(h.Candidate, wanted)).ToList();
                rivals.AddRange(overlapping.Take(overlapping.Count - (isPlace ? matcher.RoomsLeft(who, wanted.StartsAt) - 1 : 0)));
            }
        }

        return rivals.Count < 2 ? rivals : [.. rivals.Distinct()];
    }

    private void Take(Waiting waiting, Candidate candidate)
    {
        var holder = new Holder(waiting, candidate);
        foreach (var (who, _) in Needs(candidate))
        {
            (_holders.TryGetValue(who, out var all) ? all : _holders[who] = []).Add(holder);
        }
    }

    private void Release(Holder holder)
    {
        foreach (var (who, _) in Needs(holder.Candidate))
        {
            _holders[who].Remove(holder);
        }
    }

    // What was not listed costs at least as much as the last that was.
    private ListPlan Finish(Dictionary<Guid, Candidate> planned, IReadOnlyList<Waiting> list)
    {
        var atBest = list.CountBy(w => w.Wishes).Sum(w =>
        {
            var listed = _candidates[w.Key];
            var cheapest = listed.Select(c => c.Score + PriceOf(c)).DefaultIfEmpty(ListPlan.Worth).Min();
            var beyond = listed.Count < choices ? ListPlan.Worth : listed[^1].Score;
            return w.Value * Math.Max(0, ListPlan.Worth - Math.Min(cheapest, beyond));
        });
        return new ListPlan(planned, planned.Values.Sum(c => ListPlan.Worth - c.Score), atBest + _prices.Values.Sum());
    }

    private sealed record Holder(Waiting Waiting, Candidate Candidate);
}

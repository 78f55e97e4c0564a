using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Registry.Keeping;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Repairing;

/// <summary>
/// The ways to repair one booking, by the hard rules of matching. What counts, in this order: time, place, how few people hear
/// of a change, and then the score of matching (contracts/decisions/0034).
/// </summary>
internal sealed class FindRepairs(Matcher matcher, DateTimeOffset now, int weeks)
{
    private const int Most = 60;
    private const double OtherTime = 10_000, OtherPlace = 1_000, EachPerson = 100, MostScore = 99, Specially = 5;

    private readonly Region _region = matcher.Region;
    private readonly List<HalfDay> _open = matcher.Open(now, weeks);
    private readonly Dictionary<DateOnly, Wait> _waits = matcher.Days(now, 53).ToDictionary(w => w.Day);

    /// <summary>The best of them, and to leave it as it is.</summary>
    internal IReadOnlyList<Repair> Of(Conversation booked, Wishes wishes)
    {
        var (stepIns, scores) = (StepIns(booked).ToList(), matcher.Scores(wishes, _open));
        var special = matcher.Scores(wishes, stepIns);
        var ways = stepIns.Select((half, i) => (Half: half, Start: booked.StartsAt, Score: special[i], Specially: !IsThere(half, booked)))
            .Concat(_open.SelectMany((half, i) => float.IsInfinity(scores[i]) ? [] : half.Free.Select(s => (Half: half, Start: s, Score: scores[i], Specially: false))))
            .Where(w => float.IsFinite(w.Score));
        return
        [
            .. ways.Select(w => (w.Half, w.Start, w.Specially, Cost: CostOf(booked, w.Half, w.Start, w.Score + (w.Specially ? Specially : 0))))
                .OrderBy(w => w.Cost).DistinctBy(w => (w.Half.MentalHealth.Id, w.Half.SocialDomain.Id, w.Half.Location.Id, w.Start)).Take(Most)
                .Select(w => new Repair(
                    new Taken(w.Half.MentalHealth.Id, w.Half.SocialDomain.Id, w.Half.Location.Id, w.Start), matcher.CandidateOf(w.Half, wishes, w.Start),
                    IsSame(booked, w.Half, w.Start), w.Specially, TouchedBy(booked, w.Half, w.Start), w.Cost)),
            Repair.None(new Taken(booked.MentalHealthProfessionalId, booked.SocialDomainProfessionalId, booked.LocationId, booked.StartsAt)),
        ];
    }

    // Somebody else beside one of the two, at the same time and place.
    private IEnumerable<HalfDay> StepIns(Conversation booked)
    {
        var day = Today.Of(booked.StartsAt);
        var (one, other) = (_region.Professionals[booked.MentalHealthProfessionalId], _region.Professionals[booked.SocialDomainProfessionalId]);
        if (!_waits.TryGetValue(day, out var wait) || DisturbedBookings.IsPaused(_region, booked, day))
        {
            return [];
        }

        var place = _region.Locations[booked.LocationId];
        return _region.Professionals.Values.Where(p => p.Id != one.Id && p.Id != other.Id)
            .Select(p => p.Discipline is Discipline.MentalHealth ? (One: p, Other: other) : (One: one, Other: p))
            .Where(two => matcher.CanHold(two.One, two.Other, place, day, booked.StartsAt))
            .Select(two => new HalfDay(
                _region.DuosOf[two.One.Id].FirstOrDefault(d => d.IsOf(two.Other.Id)), two.One, two.Other, place, day, [booked.StartsAt], true, 0)
            {
                Wait = wait,
            });
    }

    private double CostOf(Conversation booked, HalfDay half, DateTimeOffset start, double score) =>
        (start == booked.StartsAt ? 0 : OtherTime) + (half.Location.Id == booked.LocationId ? 0 : OtherPlace)
        + (EachPerson * TouchedBy(booked, half, start)) + Math.Min(MostScore, score);

    private int TouchedBy(Conversation booked, HalfDay half, DateTimeOffset start)
    {
        var (before, after) = (new[] { booked.MentalHealthProfessionalId, booked.SocialDomainProfessionalId }, new[] { half.MentalHealth.Id, half.SocialDomain.Id });
        var gone = before.Except(after).Count(id => matcher.CanCome(_region.Professionals[id], Today.Of(booked.StartsAt)));
        return after.Except(before).Count() + gone + (IsSame(booked, half, start) ? 0 : 1 + after.Intersect(before).Count());
    }

    private static bool IsSame(Conversation booked, HalfDay half, DateTimeOffset start) => start == booked.StartsAt && half.Location.Id == booked.LocationId;

    // Who comes has a fixed moment of the own there and then.
    private bool IsThere(HalfDay half, Conversation booked) => new[] { half.MentalHealth, half.SocialDomain }.Where(p => !booked.IsOf(p.Id)).All(p =>
        _region.MomentsOn[half.Day.DayOfWeek].Any(m => m.Duo.IsOf(p.Id) && m.Moment.LocationId == half.Location.Id && m.Moment.IsOn(half.Day)
            && Matcher.Starts(m.Moment, half.Day).Contains(booked.StartsAt)));
}

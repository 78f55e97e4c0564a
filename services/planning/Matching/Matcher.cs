using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Matching;

/// <summary>
/// Ranks every (duo, moment, place) that breaks no hard rule; which these are, and what the soft ones cost, stands in
/// contracts/decisions/0030. Exact: it enumerates, and stops only where no later day can be better.
/// </summary>
internal sealed class Matcher(Region region, IReadOnlyCollection<Taken> taken, MatchingRules? rules = null)
{
    internal static readonly TimeSpan Length = TimeSpan.FromMinutes(90);

    /// <summary>The conversation and the duo's own evaluation after it.</summary>
    internal static readonly TimeSpan Slot = Length + TimeSpan.FromMinutes(20);

    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    private readonly HalfDays _open = new(region, taken, (rules ?? MatchingRules.Default).Travel);
    private readonly Scoring _scoring = new(rules ?? MatchingRules.Default);

    internal Region Region => region;

    internal Matches Find(Wishes wishes, DateTimeOffset now, int weeks, int atMost = FreeMoments.OnOnePage) =>
        Rank(wishes, now, weeks, atMost) is { Count: > 0 } best ? new Matches(best, null) : new Matches([], new Diagnosis(this, now, weeks).Of(wishes));

    /// <summary>As many conversations as fit in the half-day, each with the duo's evaluation after it, in local time.</summary>
    internal static IEnumerable<DateTimeOffset> Starts(FixedMoment moment, DateOnly day)
    {
        var free = DateTimeOffset.MinValue;
        for (var at = day.ToDateTime(moment.From); at + Slot <= day.ToDateTime(moment.Until); at += Slot)
        {
            var start = new DateTimeOffset(at, Amsterdam.GetUtcOffset(at)).ToUniversalTime();
            if (!Amsterdam.IsInvalidTime(at) && start >= free) // summer time skips an hour, and shortens the one before it
            {
                free = start + Slot;
                yield return start;
            }
        }
    }

    internal int RoomsLeft(Guid locationId, DateTimeOffset start) => _open.RoomsLeft(region.Locations[locationId], start);

    /// <summary>Who holds the one can hold the other too: time and travel between them allow it.</summary>
    internal bool CanDoBoth(Guid place, DateTimeOffset start, Guid otherPlace, DateTimeOffset otherStart) => _open.CanDoBoth(place, start, otherPlace, otherStart);

    /// <summary>These two can hold a conversation there and then, be it no fixed moment of theirs.</summary>
    internal bool CanHold(Professional one, Professional other, Location place, DateOnly day, DateTimeOffset start) => _open.CanHold(one, other, place, day, start);

    /// <summary>Ready, not away, and of an organisation that takes part.</summary>
    internal bool CanCome(Professional who, DateOnly day) => _open.CanCome(who, day);

    internal List<Candidate> Rank(Wishes wishes, DateTimeOffset now, int weeks, int atMost, Ignored ignored = Ignored.Nothing)
    {
        var (wished, distances, best, worst) = (new Wished(wishes), new Dictionary<Guid, double?>(), new List<Ranked>(), double.PositiveInfinity);
        foreach (var wait in Days(now, weeks).TakeWhile(w => worst > _scoring.AtLeast(w))) // a later day whose waiting alone costs as much comes after
        {
            foreach (var half in _open.On(wait.Day, ignored))
            {
                if (SpeakingOf(wished, half) is > 0 and var speaking
                    && _scoring.Score(half, wait, DistanceTo(half.Location, wishes, distances), speaking) is var score && score <= worst)
                {
                    best.AddRange(half.Free.Where(s => IsPossible(wished, half, s)).Select(start => new Ranked(score, start, half, wait, speaking)));
                }
            }

            best.Sort();
            best.RemoveRange(Math.Min(atMost, best.Count), Math.Max(0, best.Count - atMost));
            worst = best.Count < atMost ? double.PositiveInfinity : best[^1].Score;
        }

        return best.ConvertAll(r => CandidateOf(r, DistanceTo(r.Half.Location, wishes, distances), wished.AsksLanguage));
    }

    /// <summary>Every half-day with a free moment, once for all residents; a half-day over noon is two, for wishes look at parts of days.</summary>
    internal List<HalfDay> Open(DateTimeOffset now, int weeks) =>
    [
        .. from wait in Days(now, weeks)
           from half in _open.On(wait.Day, Ignored.Nothing)
           from part in half.Free.GroupBy(s => ResidentWishes.PartOf(TimeOf(s)))
           select half with { Wait = wait, Free = [.. part] },
    ];

    /// <summary>The penalty points of each of these half-days for one resident; infinite where a rule forbids it.</summary>
    internal float[] Scores(Wishes wishes, IReadOnlyList<HalfDay> halves)
    {
        var (wished, distances, scores) = (new Wished(wishes), new Dictionary<Guid, double?>(), new float[halves.Count]);
        for (var i = 0; i < scores.Length; i++)
        {
            var half = halves[i];
            scores[i] = SpeakingOf(wished, half) is > 0 and var speaking && wished.AllowsPart(half.Day.DayOfWeek, TimeOf(half.Free[0]))
                ? (float)_scoring.Score(half, half.Wait, DistanceTo(half.Location, wishes, distances), speaking)
                : float.PositiveInfinity;
        }

        return scores;
    }

    internal Candidate CandidateOf(HalfDay half, Wishes wishes, DateTimeOffset start)
    {
        var (wished, distance) = (new Wished(wishes), DistanceTo(half.Location, wishes, []));
        var speaking = wished.Speaking(half.MentalHealth, half.SocialDomain);
        return CandidateOf(new Ranked(_scoring.Score(half, half.Wait, distance, speaking), start, half, half.Wait, speaking), distance, wished.AsksLanguage);
    }

    /// <summary>The days from the next working day on, with how many working days one waits till then.</summary>
    internal IEnumerable<Wait> Days(DateTimeOffset now, int weeks)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Amsterdam).DateTime);
        var (working, first) = (0, NextWorkingDay(today));
        for (var day = today.AddDays(1); day < first.AddDays(weeks * 7); day = day.AddDays(1))
        {
            working += day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && region.Calendar.Holiday(day) is null ? 1 : 0;
            if (day >= first)
            {
                yield return new Wait(day, day.DayNumber - today.DayNumber, working);
            }
        }
    }

    private static bool IsPossible(Wished wished, HalfDay half, DateTimeOffset start) =>
        !wished.AsksParts || wished.AllowsPart(half.Day.DayOfWeek, TimeOf(start));

    private static TimeOnly TimeOf(DateTimeOffset start) => TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, Amsterdam).DateTime);

    // None when a wish forbids it.
    private static int SpeakingOf(Wished wished, HalfDay half) =>
        wished.AllowsPlace(half.Location) && wished.AllowsPerson(half.MentalHealth, half.Day) && wished.AllowsPerson(half.SocialDomain, half.Day)
            ? wished.Speaking(half.MentalHealth, half.SocialDomain)
            : 0;

    private double? DistanceTo(Location place, Wishes wishes, Dictionary<Guid, double?> known) => place.Kind is LocationKind.Online ? null
        : known.TryGetValue(place.Id, out var km) ? km
        : known[place.Id] = region.Kilometres(wishes.PostcodeDigits, place);

    private Candidate CandidateOf(Ranked ranked, double? distance, bool asksLanguage)
    {
        var (half, points) = (ranked.Half, _scoring.PointsOf(ranked.Half, ranked.Wait, distance, ranked.Speaking));
        return new Candidate(
            half.Duo?.Id ?? Guid.Empty, half.MentalHealth.Id, half.SocialDomain.Id, half.Location.Id, ranked.Start, ranked.Start + Length, ranked.Score,
            [.. Why(half, ranked.Wait, distance, asksLanguage)])
        {
            Points = points,
        };
    }

    private static IEnumerable<Reason> Why(HalfDay half, Wait wait, double? distance, bool asksLanguage)
    {
        yield return new Reason(Reason.Soon, wait.Days);
        yield return half.Location.Kind is LocationKind.Online ? new Reason(Reason.Online)
            : distance is { } km ? new Reason(Reason.Near, Math.Round(km, 1))
            : new Reason(Reason.DistanceUnknown);
        if (asksLanguage)
        {
            yield return new Reason(Reason.SpeaksLanguage);
        }

        if (half.HasBegun)
        {
            yield return new Reason(Reason.FillsHalfDay);
        }

        if (half.Load < 1)
        {
            yield return new Reason(Reason.LowLoad);
        }

        if (half.Duo is null)
        {
            yield return new Reason(Reason.NewDuo);
        }
    }

    private static DateOnly NextWorkingDay(DateOnly day)
    {
        do
        {
            day = day.AddDays(1);
        }
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);

        return day;
    }

    private readonly record struct Ranked(double Score, DateTimeOffset Start, HalfDay Half, Wait Wait, int Speaking) : IComparable<Ranked>
    {
        public int CompareTo(Ranked other)
        {
            var order = Score.CompareTo(other.Score);
            order = order != 0 ? order : Start.CompareTo(other.Start);
            return order != 0 ? order : Tie.CompareTo(other.Tie);
        }

        private (Guid, Guid, Guid) Tie => (Half.MentalHealth.Id, Half.SocialDomain.Id, Half.Location.Id);
    }
}

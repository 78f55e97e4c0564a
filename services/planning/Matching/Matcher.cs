using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Matching;

/// <summary>
/// Ranks every (duo, moment, place) that breaks no rule. Hard: one professional of each side, of different organisations,
/// both ready, in a role that counts and under an agreement in force on that day; the half-day is held (no holiday, nobody
/// away); both free, and a room too; conversation and evaluation fit in the half-day; at least one speaks the resident's language. Soft, as penalty points of which the lowest sum wins: a
/// point for each day of waiting, half a point for each kilometre (an unknown distance counts as 5 km), a quarter point for
/// each conversation a professional already has ahead, and half a point off for a half-day that has begun to fill.
/// </summary>
internal sealed class Matcher(Region region, IReadOnlyCollection<Taken> taken)
{
    internal static readonly TimeSpan Length = TimeSpan.FromMinutes(90);

    /// <summary>The conversation and the duo's own evaluation after it.</summary>
    internal static readonly TimeSpan Slot = Length + TimeSpan.FromMinutes(20);

    private const double FillsUp = 0.5;
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    private readonly ILookup<Guid, DateTimeOffset> _busy = taken
        .SelectMany(t => new[] { t.MentalHealthProfessionalId, t.SocialDomainProfessionalId, t.LocationId }, (t, who) => (who, t.StartsAt))
        .ToLookup(t => t.who, t => t.StartsAt);

    internal Matches Find(Wishes wishes, DateTimeOffset now, int weeks, int atMost = FreeMoments.OnOnePage)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Amsterdam).DateTime);
        var first = NextWorkingDay(today);
        var days = Enumerable.Range(0, weeks * 7).Select(first.AddDays).ToList();

        var pairs = region.Duos.Select(d => new Pair(
                d, region.Professionals[d.MentalHealthProfessionalId], region.Professionals[d.SocialDomainProfessionalId]))
            .Where(p => p.IsOfTwoSides).ToList();
        var ready = pairs.Where(p => days.Exists(day => IsReadyOn(p, day))).ToList();
        var agreed = ready.Where(p => days.Exists(day => HasAgreement(p, day))).ToList();
        var speaking = agreed.Where(p => wishes.OtherLanguage is not { } language || p.Speaks(language)).ToList();
        var free = Best(speaking, wishes, today, days, atMost);

        return free.Count > 0
            ? new Matches(free, null)
            : new Matches([], (pairs, ready, agreed, speaking, days.SelectMany(day => HalfDays(speaking, day)).ToList()) switch
            {
                ([], _, _, _, _) => BindingRule.NoDuos,
                (_, [], _, _, _) => BindingRule.NobodyReady,
                (_, _, [], _, _) => BindingRule.NoAgreement,
                (_, _, _, [], _) => BindingRule.Language,
                (_, _, _, _, []) => BindingRule.NoMoments,
                _ => BindingRule.AllMomentsTaken,
            });
    }

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

    internal int RoomsLeft(Guid locationId, DateTimeOffset start) =>
        region.Locations[locationId].AtOnce - _busy[locationId].Count(b => (b - start).Duration() < Slot);

    // Day by day: once there are enough, a day is looked at only if the waiting for it alone could still be made up for.
    private List<Candidate> Best(List<Pair> pairs, Wishes wishes, DateOnly today, List<DateOnly> days, int atMost)
    {
        var best = new List<Candidate>();
        foreach (var day in days.TakeWhile(day => best.Count < atMost || best[^1].Score >= day.DayNumber - today.DayNumber - FillsUp))
        {
            best = [.. best.Concat(HalfDays(pairs, day).SelectMany(h => Candidates(h, wishes, today)))
                .OrderBy(c => c.Score).ThenBy(c => c.StartsAt).ThenBy(c => c.DuoId).Take(atMost)];
        }

        return best;
    }

    private IEnumerable<HalfDay> HalfDays(List<Pair> pairs, DateOnly day) =>
        from pair in pairs
        from moment in region.MomentsOf[pair.Duo.Id]
        where region.IsHeld(pair.Duo, moment, day) && IsReadyOn(pair, day) && HasAgreement(pair, day)
        select new HalfDay(pair, region.Locations[moment.LocationId], day, [.. Starts(moment, day)]);

    private IEnumerable<Candidate> Candidates(HalfDay half, Wishes wishes, DateOnly today)
    {
        var (pair, location) = (half.Pair, half.Location);
        var free = half.Starts.Where(s => IsFree(pair, location, s)).ToList();
        if (free.Count == 0)
        {
            return [];
        }

        var waiting = half.Day.DayNumber - today.DayNumber;
        var distance = region.Kilometres(wishes.PostcodeDigits, location);
        var load = (_busy[pair.MentalHealth.Id].Count() + _busy[pair.SocialDomain.Id].Count()) / 2.0;
        var isFilling = free.Count < half.Starts.Count;
        var speaks = wishes.OtherLanguage is { } language && pair.Speaks(language);
        var score = waiting + (0.5 * (distance ?? 5)) + (0.25 * load) - (isFilling ? FillsUp : 0);
        var reasons = Why(waiting, distance, isFilling, speaks, load).ToList();
        return free.Select(start => new Candidate(
            pair.Duo.Id, pair.MentalHealth.Id, pair.SocialDomain.Id, location.Id, start, start + Length, score, reasons));
    }

    private static IEnumerable<Reason> Why(int waiting, double? distance, bool isFilling, bool speaks, double load)
    {
        yield return new Reason(Reason.Soon, waiting);
        yield return distance is { } km ? new Reason(Reason.Near, Math.Round(km, 1)) : new Reason(Reason.DistanceUnknown);
        if (speaks)
        {
            yield return new Reason(Reason.SpeaksLanguage);
        }

        if (isFilling)
        {
            yield return new Reason(Reason.FillsHalfDay);
        }

        if (load < 1)
        {
            yield return new Reason(Reason.LowLoad);
        }
    }

    private bool IsFree(Pair pair, Location location, DateTimeOffset start) =>
        IsFree(pair.MentalHealth.Id, start) && IsFree(pair.SocialDomain.Id, start) && IsFree(location.Id, start, location.AtOnce);

    private bool IsFree(Guid who, DateTimeOffset start, int atOnce = 1) =>
        _busy[who].Where(b => (b - start).Duration() < Slot).Take(atOnce).Count() < atOnce;

    private bool IsReadyOn(Pair pair, DateOnly day) =>
        pair.IsReadyOn(day) && region.HasCountingRole(pair.MentalHealth, day) && region.HasCountingRole(pair.SocialDomain, day);

    private bool HasAgreement(Pair pair, DateOnly day) =>
        region.AgreementsOf(pair.MentalHealth.OrganisationId, pair.SocialDomain.OrganisationId).Any(a => a.IsInForce(day));

    private static DateOnly NextWorkingDay(DateOnly day)
    {
        do
        {
            day = day.AddDays(1);
        }
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);

        return day;
    }

    private sealed record HalfDay(Pair Pair, Location Location, DateOnly Day, IReadOnlyList<DateTimeOffset> Starts);

    private sealed record Pair(Duo Duo, Professional MentalHealth, Professional SocialDomain)
    {
        internal bool IsOfTwoSides => MentalHealth.Discipline is Discipline.MentalHealth
            && SocialDomain.Discipline is Discipline.SocialDomain && MentalHealth.OrganisationId != SocialDomain.OrganisationId;

        internal bool IsReadyOn(DateOnly day) => MentalHealth.IsReadyOn(day) && SocialDomain.IsReadyOn(day);

        internal bool Speaks(string language) => MentalHealth.Speaks(language) || SocialDomain.Speaks(language);
    }
}

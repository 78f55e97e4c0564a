using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Matching;

/// <summary>
/// Ranks every (duo, moment, place) that breaks no rule. Hard: one professional of each side, of different organisations,
/// both ready and under an agreement in force on that day; both free; at least one speaks the resident's language. Soft, as
/// penalty points of which the lowest sum wins: a point for each day of waiting, half a point for each kilometre (an
/// unknown distance counts as 5 km), a quarter point for each conversation a professional already has ahead, and half a
/// point off for a half-day that has begun to fill.
/// </summary>
internal sealed class Matcher(Region region, IReadOnlyCollection<Taken> taken)
{
    internal static readonly TimeSpan Length = TimeSpan.FromMinutes(90);
    private static readonly TimeSpan Evaluation = TimeSpan.FromMinutes(20);
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    private readonly ILookup<Guid, DateTimeOffset> _busy = taken
        .SelectMany(t => new[] { (Who: t.MentalHealthProfessionalId, t.StartsAt), (Who: t.SocialDomainProfessionalId, t.StartsAt) })
        .ToLookup(t => t.Who, t => t.StartsAt);

    internal Matches Find(Wishes wishes, DateTimeOffset now, int weeks, int atMost = FreeMoments.OnOnePage)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Amsterdam).DateTime);
        var first = NextWorkingDay(today);
        var days = Enumerable.Range(0, weeks * 7).Select(first.AddDays).ToList();

        var pairs = region.Duos.Select(d => new Pair(d, region.Professionals[d.MentalHealthProfessionalId], region.Professionals[d.SocialDomainProfessionalId]))
            .Where(p => p.IsOfTwoSides).ToList();
        var ready = pairs.Where(p => p.IsReadyOn(days[^1])).ToList();
        var agreed = ready.Where(p => days.Exists(day => HasAgreement(p, day))).ToList();
        var speaking = agreed.Where(p => wishes.OtherLanguage is not { } language || p.Speaks(language)).ToList();
        var best = speaking.SelectMany(p => Candidates(p, wishes, today, days))
            .OrderBy(c => c.Score).ThenBy(c => c.StartsAt).ThenBy(c => c.DuoId).Take(atMost).ToList();

        return best.Count > 0
            ? new Matches(best, null)
            : new Matches([], (pairs, ready, agreed, speaking) switch
            {
                ([], _, _, _) => BindingRule.NoDuos,
                (_, [], _, _) => BindingRule.NobodyReady,
                (_, _, [], _) => BindingRule.NoAgreement,
                (_, _, _, []) => BindingRule.Language,
                _ => BindingRule.AllMomentsTaken,
            });
    }

    private IEnumerable<Candidate> Candidates(Pair pair, Wishes wishes, DateOnly today, List<DateOnly> days)
    {
        var load = (_busy[pair.MentalHealth.Id].Count() + _busy[pair.SocialDomain.Id].Count()) / 2.0;
        var speaks = wishes.OtherLanguage is { } language && pair.Speaks(language);
        foreach (var moment in region.MomentsOf[pair.Duo.Id])
        {
            var location = region.Locations[moment.LocationId];
            var distance = region.Kilometres(wishes.PostcodeDigits, location);
            foreach (var day in days.Where(d => moment.IsOn(d) && pair.IsReadyOn(d) && HasAgreement(pair, d)))
            {
                var starts = Starts(moment, day).ToList();
                var free = starts.Where(s => IsFree(pair, s)).ToList();
                foreach (var start in free)
                {
                    var waiting = day.DayNumber - today.DayNumber;
                    var isFilling = free.Count < starts.Count;
                    var score = waiting + (0.5 * (distance ?? 5)) + (0.25 * load) - (isFilling ? 0.5 : 0);
                    yield return new Candidate(
                        pair.Duo.Id, pair.MentalHealth.Id, pair.SocialDomain.Id, location.Id, start, start + Length, score,
                        [.. Why(waiting, distance, isFilling, speaks, load)]);
                }
            }
        }
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

    /// <summary>As many conversations as fit in the half-day, each with the duo's evaluation after it, in local time.</summary>
    internal static IEnumerable<DateTimeOffset> Starts(FixedMoment moment, DateOnly day)
    {
        for (var at = day.ToDateTime(moment.From); at + Length <= day.ToDateTime(moment.Until); at += Length + Evaluation)
        {
            if (!Amsterdam.IsInvalidTime(at)) // the hour that summer time skips
            {
                yield return new DateTimeOffset(at, Amsterdam.GetUtcOffset(at)).ToUniversalTime();
            }
        }
    }

    private bool IsFree(Pair pair, DateTimeOffset start) =>
        !_busy[pair.MentalHealth.Id].Concat(_busy[pair.SocialDomain.Id]).Any(b => (b - start).Duration() < Length + Evaluation);

    private bool HasAgreement(Pair pair, DateOnly day) =>
        region.Agreements.Any(a => a.IsInForce(pair.MentalHealth.OrganisationId, pair.SocialDomain.OrganisationId, day));

    private static DateOnly NextWorkingDay(DateOnly day)
    {
        do
        {
            day = day.AddDays(1);
        }
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);

        return day;
    }

    private sealed record Pair(Duo Duo, Professional MentalHealth, Professional SocialDomain)
    {
        internal bool IsOfTwoSides => MentalHealth.Discipline is Discipline.MentalHealth && SocialDomain.Discipline is Discipline.SocialDomain
            && MentalHealth.OrganisationId != SocialDomain.OrganisationId;

        internal bool IsReadyOn(DateOnly day) => MentalHealth.IsReadyOn(day) && SocialDomain.IsReadyOn(day);

        internal bool Speaks(string language) => MentalHealth.Speaks(language) || SocialDomain.Speaks(language);
    }
}

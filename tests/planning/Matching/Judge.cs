using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Tests.Matching;

/// <summary>Two people, a place and a moment: anything that could be proposed, before any rule.</summary>
internal sealed record Tuple(Guid One, Guid Other, Guid Place, DateOnly Day, TimeOnly From, DateTime Local);

/// <summary>
/// The rules of decision 0030 once more, written from that page over the bare lists of the registry, by plain search: nothing
/// of the product's own reasoning is used.
/// </summary>
internal sealed class Judge(RandomRegion r)
{
    private const int Slot = 110;
    private readonly Dictionary<Tuple, List<(FixedMoment, FixedMoment)>> _all = Everything(r);

    /// <summary>What breaks no rule, with its score.</summary>
    internal IReadOnlyList<(Tuple What, double Score)> Allowed()
    {
        var allowed = _all.Keys.Where(t => Broken(t) is null).ToList();
        return [.. allowed.Select(t => (t, Score(t)))];
    }

    internal IEnumerable<Tuple> Every => _all.Keys;

    internal static Tuple Of(Candidate c, TimeOnly from) => new(
        c.MentalHealthProfessionalId, c.SocialDomainProfessionalId, c.LocationId, DateOnly.FromDateTime(c.StartsAt.AddHours(1).DateTime), from, c.StartsAt.AddHours(1).DateTime);

    internal string? Broken(Candidate c) =>
        c.EndsAt - c.StartsAt != TimeSpan.FromMinutes(90) ? "length"
        : _all.Keys.FirstOrDefault(t => (t.One, t.Other, t.Place, t.Local) == (c.MentalHealthProfessionalId, c.SocialDomainProfessionalId, c.LocationId, c.StartsAt.AddHours(1).DateTime)) is { } t
            ? Broken(t)
            : "no fixed moment of these two";

    /// <summary>The same for who steps in at a moment that is no fixed moment of these two.</summary>
    internal string? BrokenBesideMoments(Candidate c)
    {
        var t = Of(c, TimeOnly.MinValue);
        return BrokenByWish(t) ?? BrokenByPeople(t)
            ?? (IsPublicHoliday(t.Day) || r.Holidays.Exists(h => h.From <= t.Day && t.Day <= h.Until) || Place(t.Place).Until < t.Day ? "closed" : null);
    }

    /// <summary>The first hard rule that is broken; null when none is.</summary>
    internal string? Broken(Tuple t) => BrokenByWish(t) ?? (IsDuo(t) ? BrokenForDuo(t) : BrokenForNewDuo(t));

    private string? BrokenForDuo(Tuple t) =>
        !_all[t].Exists(m => m.Item1 == m.Item2 && Held(m.Item1, t.Day)) ? "not held" : BrokenByPeople(t);

    // Two who are no duo: only where neither's own duo can hold a conversation.
    private string? BrokenForNewDuo(Tuple t) =>
        BrokenByPeople(t) ?? (_all[t].Exists(m => Held(m.Item1, t.Day) && Held(m.Item2, t.Day) && !OwnCan(m.Item1, t) && !OwnCan(m.Item2, t)) ? null : "the own duo can");

    private bool OwnCan(FixedMoment own, Tuple t)
    {
        var duo = r.Duos.Single(d => d.Id == own.DuoId);
        return BrokenByPeople(t with { One = duo.MentalHealthProfessionalId, Other = duo.SocialDomainProfessionalId }, rooms: false) is null;
    }

    private bool IsDuo(Tuple t) => r.Duos.Exists(d => d.MentalHealthProfessionalId == t.One && d.SocialDomainProfessionalId == t.Other)
        || r.Duos.Exists(d => d.MentalHealthProfessionalId == t.Other && d.SocialDomainProfessionalId == t.One);

    private string? BrokenByWish(Tuple t)
    {
        var (said, one, other, place) = (r.Wishes.Said, Person(t.One), Person(t.Other), Place(t.Place));
        var language = said.HasInterpreter ? null : said.Language ?? r.Wishes.Language;
        var without = said.Without.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse).ToList();
        var part = t.Local.Hour < 12 ? "morning" : t.Local.Hour < 18 ? "afternoon" : "evening";
        return said.NotPossible.Split(' ').Contains($"{t.Local.DayOfWeek}-{part}") ? "part of the day"
            : said.NeedsAccess && place.Kind is LocationKind.Building && !place.IsWheelchairAccessible ? "wheelchair"
            : said.Place is not WishedPlace.Anywhere && (int)said.Place - 1 != (int)place.Kind ? "place"
            : without.Intersect([one.Id, other.Id, one.OrganisationId, other.OrganisationId]).Any() ? "whom not"
            : language == "tr" && !one.Languages.Contains("tr", StringComparison.Ordinal) && !other.Languages.Contains("tr", StringComparison.Ordinal) ? "language"
            : null;
    }

    private string? BrokenByPeople(Tuple t, bool rooms = true)
    {
        var (one, other, place) = (Person(t.One), Person(t.Other), Place(t.Place));
        return one.Discipline is not Discipline.MentalHealth || other.Discipline is not Discipline.SocialDomain ? "one of each side"
            : one.OrganisationId == other.OrganisationId ? "different organisations"
            : string.Equals(one.Login, other.Login, StringComparison.OrdinalIgnoreCase) ? "two people"
            : !IsReady(one, t.Day) || !IsReady(other, t.Day) ? "ready"
            : !r.Agreements.Exists(a => a.From <= t.Day && (a.Until is null || a.Until >= t.Day)
                && ((a.OneOrganisationId == one.OrganisationId && a.OtherOrganisationId == other.OrganisationId)
                    || (a.OneOrganisationId == other.OrganisationId && a.OtherOrganisationId == one.OrganisationId))) ? "agreement"
            : r.Absences.Exists(a => (a.ProfessionalId == one.Id || a.ProfessionalId == other.Id) && a.From <= t.Day && (a.Until is null || a.Until >= t.Day)) ? "absent"
            : !IsFree(one.Id, t) || !IsFree(other.Id, t) ? "free"
            : rooms && r.Taken.Count(b => b.LocationId == place.Id && Apart(b, t) < Slot) >= (place.Kind is LocationKind.Building ? place.Rooms : 1_000) ? "room"
            : null;
    }

    private bool IsReady(Professional p, DateOnly day) =>
        p.ELearningDoneOn is { } learned && learned < day && p.TrainingDoneOn is { } trained && trained < day
        && (p.RegisteredUntil is null || p.RegisteredUntil >= day) && (p.Until is null || p.Until >= day)
        && r.Organisations.Exists(o => o.Id == p.OrganisationId && (o.Until is null || o.Until >= day))
        && (r.Roles.Count == 0 || r.Roles.Exists(role => role.Name == p.Profession && role.Discipline == p.Discipline && (role.Until is null || role.Until >= day)));

    private bool IsFree(Guid who, Tuple t) => r.Taken.TrueForAll(b =>
        (b.MentalHealthProfessionalId != who && b.SocialDomainProfessionalId != who) || Apart(b, t) >= Slot + Travel(b.LocationId, t.Place));

    // By the spherical law of cosines, in minutes.
    private double Travel(Guid one, Guid other)
    {
        var (from, to) = (Place(one), Place(other));
        return from.Id == to.Id || from.Kind is LocationKind.Online || to.Kind is LocationKind.Online ? 0
            : Kilometres(from.Latitude, from.Longitude, to.Latitude, to.Longitude) * 1.3 / 20 * 60;
    }

    private static double Kilometres(double lat1, double lon1, double lat2, double lon2)
    {
        var (a, b, c) = (lat1 * Math.PI / 180, lat2 * Math.PI / 180, (lon2 - lon1) * Math.PI / 180);
        return 6_371 * Math.Acos(Math.Min(1, (Math.Sin(a) * Math.Sin(b)) + (Math.Cos(a) * Math.Cos(b) * Math.Cos(c))));
    }

    private bool Held(FixedMoment m, DateOnly day)
    {
        var (duo, place) = (r.Duos.Single(d => d.Id == m.DuoId), Place(m.LocationId));
        return m.ValidFrom <= day && (m.ValidUntil is null || m.ValidUntil >= day) && (duo.Until is null || duo.Until >= day) && (place.Until is null || place.Until >= day)
            && !r.Pauses.Exists(p => p.FixedMomentId == m.Id && p.From <= day && day <= p.Until) && !r.Holidays.Exists(h => h.From <= day && day <= h.Until) && !IsPublicHoliday(day);
    }

    internal double Score(Tuple t)
    {
        var (one, other, place) = (Person(t.One), Person(t.Other), Place(t.Place));
        var workingDays = Enumerable.Range(1, t.Day.DayNumber - RandomRegion.Today.DayNumber).Select(RandomRegion.Today.AddDays)
            .Count(d => d.DayOfWeek is not DayOfWeek.Saturday and not DayOfWeek.Sunday && !IsPublicHoliday(d) && !r.Holidays.Exists(h => h.From <= d && d <= h.Until));
        var km = place.Kind is LocationKind.Online || r.Wishes.PostcodeDigits is null ? 5 : Kilometres(52.31, 4.86, place.Latitude, place.Longitude);
        var duo = r.Duos.Find(d => d.MentalHealthProfessionalId == t.One && d.SocialDomainProfessionalId == t.Other);
        var load = r.Taken.Sum(b => new[] { b.MentalHealthProfessionalId, b.SocialDomainProfessionalId }.Count(id => id == t.One || id == t.Other)) / 2.0;
        var asks = (r.Wishes.Said.Language ?? r.Wishes.Language) == "tr" && !r.Wishes.Said.HasInterpreter;
        var speaking = new[] { one, other }.Count(p => p.Languages.Contains("tr", StringComparison.Ordinal));
        return (t.Day.DayNumber - RandomRegion.Today.DayNumber) + (0.5 * Math.Max(0, workingDays - 10)) + (0.5 * km)
            + (duo is null ? 5 : duo.MetOn <= t.Day ? 0 : 1) + (HasBegun(t, duo) ? 0 : 0.5) + (0.25 * load) + (asks && speaking == 1 ? 0.5 : 0);
    }

    // A half-day of these two of which not every moment is free; a wish takes no moment.
    private bool HasBegun(Tuple t, Duo? duo)
    {
        var half = _all.Keys.Where(o => (o.One, o.Other, o.Place, o.Day, o.From) == (t.One, t.Other, t.Place, t.Day, t.From)).ToList();
        if (duo is null)
        {
            half = [.. half.Where(o => _all[o].Exists(m => Held(m.Item1, o.Day) && Held(m.Item2, o.Day)))];
        }

        return half.Exists(o => (duo is null ? BrokenForNewDuo(o) : BrokenForDuo(o)) is not null);
    }

    private static double Apart(Taken b, Tuple t) => Math.Abs((b.StartsAt.AddHours(1).DateTime - t.Local).TotalMinutes);

    private static bool IsPublicHoliday(DateOnly d) => (d.Month, d.Day) is (12, 25) or (12, 26) or (1, 1);

    private Professional Person(Guid id) => r.Professionals.Single(p => p.Id == id);

    private Location Place(Guid id) => r.Locations.Single(l => l.Id == id);

    // Every two of whom one has a fixed moment there with somebody, and the other too, at the same time.
    private static Dictionary<Tuple, List<(FixedMoment, FixedMoment)>> Everything(RandomRegion r)
    {
        var all = new Dictionary<Tuple, List<(FixedMoment, FixedMoment)>>();
        foreach (var m in r.Moments)
        {
            foreach (var n in r.Moments.Where(n => (n.LocationId, n.Day, n.From) == (m.LocationId, m.Day, m.From)))
            {
                var two = (One: r.Duos.Single(d => d.Id == m.DuoId).MentalHealthProfessionalId, Other: r.Duos.Single(d => d.Id == n.DuoId).SocialDomainProfessionalId);
                for (var day = RandomRegion.Today.AddDays(1); two.One != two.Other && day < RandomRegion.Today.AddDays(1 + (7 * RandomRegion.Weeks)); day = day.AddDays(1))
                {
                    for (var (k, at) = (0, day.ToDateTime(m.From)); day.DayOfWeek == m.Day && Fits(m, day, k) && Fits(n, day, k); k++)
                    {
                        var t = new Tuple(two.One, two.Other, m.LocationId, day, m.From, at.AddMinutes(k * Slot));
                        (all.TryGetValue(t, out var moments) ? moments : all[t] = []).Add((m, n));
                    }
                }
            }
        }

        return all;
    }

    private static bool Fits(FixedMoment m, DateOnly day, int k) => day.ToDateTime(m.From).AddMinutes((k + 1) * Slot) <= day.ToDateTime(m.Until);
}

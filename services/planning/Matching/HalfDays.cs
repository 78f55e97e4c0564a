using System.Collections.Concurrent;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Matching;

/// <summary>Rules that are left out to see what would be possible without them.</summary>
[Flags]
internal enum Ignored
{
    Nothing = 0,
    Readiness = 1,
    Agreements = 2,
    Bookings = 4,
}

/// <summary>Two who can hold conversations at a place on a day, from these moments on; no duo when they are not one yet.</summary>
internal sealed record HalfDay(
    Duo? Duo, Professional MentalHealth, Professional SocialDomain, Location Location, DateOnly Day, IReadOnlyList<DateTimeOffset> Free, bool HasBegun, double Load)
{
    internal bool HasMet => Duo?.MetOn <= Day;

    /// <summary>How long one waits for it; filled in by Matcher.Open.</summary>
    internal Wait Wait { get; init; }
}

/// <summary>
/// What the registry and the bookings leave open, whoever the resident is: the half-days of the duos, and of two who are at one
/// place at one time while neither's own duo can hold a conversation there. A day is looked at once.
/// </summary>
internal sealed class HalfDays(Region region, IReadOnlyCollection<Taken> taken, Travel travel)
{
    private static readonly TimeSpan Neighbouring = TimeSpan.FromHours(12);

    private readonly ILookup<Guid, Taken> _people = taken
        .SelectMany(t => new[] { t.MentalHealthProfessionalId, t.SocialDomainProfessionalId }, (t, who) => (who, t)).ToLookup(x => x.who, x => x.t);

    private readonly ILookup<Guid, DateTimeOffset> _places = taken.ToLookup(t => t.LocationId, t => t.StartsAt);
    private readonly ConcurrentDictionary<(DateOnly, Ignored), IReadOnlyList<HalfDay>> _days = new();
    private readonly ConcurrentDictionary<(DateOnly, TimeOnly, TimeOnly), IReadOnlyList<DateTimeOffset>> _starts = new();
    private readonly ConcurrentDictionary<(string, Discipline, DateOnly), bool> _roles = new();
    private readonly ConcurrentDictionary<(Guid, Guid, DateOnly), bool> _agreements = new();
    private readonly ConcurrentDictionary<(Guid, Guid), TimeSpan> _travelTimes = new();

    internal IReadOnlyList<HalfDay> On(DateOnly day, Ignored ignored) =>
        _days.TryGetValue((day, ignored), out var known) ? known : _days[(day, ignored)] = Look(day, ignored);

    internal int RoomsLeft(Location place, DateTimeOffset start)
    {
        var left = place.AtOnce;
        foreach (var other in _places[place.Id])
        {
            left -= (other - start).Duration() < Matcher.Slot ? 1 : 0;
        }

        return left;
    }

    /// <summary>One professional can do both: the first is evaluated, and there is time to travel to the other.</summary>
    internal bool CanDoBoth(Guid place, DateTimeOffset start, Guid otherPlace, DateTimeOffset otherStart)
    {
        var apart = (start - otherStart).Duration();
        return apart >= Neighbouring || (apart >= Matcher.Slot && (place == otherPlace || apart >= Matcher.Slot + TravelTime(place, otherPlace)));
    }

    /// <summary>These two can hold a conversation there and then, be it no fixed moment of theirs.</summary>
    internal bool CanHold(Professional one, Professional other, Location place, DateOnly day, DateTimeOffset start) =>
        region.Calendar.Holiday(day) is null && !(day > place.Until)
        && CanCome(one, Discipline.MentalHealth, day, Ignored.Nothing) && CanCome(other, Discipline.SocialDomain, day, Ignored.Nothing)
        && MayWorkTogether(one, other, day, Ignored.Nothing)
        && IsFree(one, place, start, Ignored.Nothing) && IsFree(other, place, start, Ignored.Nothing) && HasRoom(place, start, Ignored.Nothing);

    internal bool CanCome(Professional who, DateOnly day) => CanCome(who, who.Discipline, day, Ignored.Nothing);

    private TimeSpan TravelTime(Guid one, Guid other)
    {
        if (!_travelTimes.TryGetValue((one, other), out var time))
        {
            time = region.Locations.TryGetValue(one, out var from) && region.Locations.TryGetValue(other, out var to) ? travel.Between(from, to) : TimeSpan.Zero;
            _travelTimes[(one, other)] = time;
        }

        return time;
    }

    private List<HalfDay> Look(DateOnly day, Ignored ignored)
    {
        var (open, alone) = (new List<HalfDay>(), new List<Alone>());
        if (region.Calendar.Holiday(day) is not null)
        {
            return open;
        }

        foreach (var (duo, moment) in region.MomentsOn[day.DayOfWeek])
        {
            var place = region.Locations[moment.LocationId];
            if (!moment.IsOn(day) || day > duo.Until || day > place.Until || region.Calendar.IsPaused(moment.Id, day))
            {
                continue;
            }

            var (one, other) = (region.Professionals[duo.MentalHealthProfessionalId], region.Professionals[duo.SocialDomainProfessionalId]);
            var (isOne, isOther) = (CanCome(one, Discipline.MentalHealth, day, ignored), CanCome(other, Discipline.SocialDomain, day, ignored));
            var isDuo = isOne && isOther && MayWorkTogether(one, other, day, ignored);
            var starts = StartsOf(moment, day);
            var free = isDuo ? FreeOf(one, other, place, starts, ignored) : [];
            if (free.Count > 0)
            {
                open.Add(new HalfDay(duo, one, other, place, day, free, free.Count < starts.Count, LoadOf(one, other)));
            }

            if (!isDuo || free.Count < starts.Count)
            {
                alone.AddRange(AloneOf(isOne ? one : null, isOther ? other : null, isDuo, place, starts, ignored));
            }
        }

        open.AddRange(Together(alone, day, ignored));
        return open;
    }

    // At which of these moments one of the two is there and free, and the other is not.
    private IEnumerable<Alone> AloneOf(
        Professional? one, Professional? other, bool isDuo, Location place, IReadOnlyList<DateTimeOffset> starts, Ignored ignored)
    {
        foreach (var start in starts)
        {
            var (isOneFree, isOtherFree) = (one is not null && IsFree(one, place, start, ignored), other is not null && IsFree(other, place, start, ignored));
            if (isDuo && isOneFree && isOtherFree)
            {
                continue;
            }

            if (isOneFree)
            {
                yield return new Alone(one!, place, start, starts);
            }

            if (isOtherFree)
            {
                yield return new Alone(other!, place, start, starts);
            }
        }
    }

    private IEnumerable<HalfDay> Together(List<Alone> alone, DateOnly day, Ignored ignored) =>
        from sides in alone.GroupBy(a => (a.Place.Id, a.Start))
        let place = sides.First().Place
        where HasRoom(place, sides.Key.Start, ignored)
        from one in sides
        where one.Who.Discipline is Discipline.MentalHealth
        from other in sides
        where other.Who.Discipline is Discipline.SocialDomain && MayWorkTogether(one.Who, other.Who, day, ignored)
            && !region.DuosOf[one.Who.Id].Any(d => d.IsOf(other.Who.Id))
        group (sides.Key.Start, Starts: one.Starts.Intersect(other.Starts).ToList()) by (One: one.Who, Other: other.Who, Place: place, one.Starts[0]) into half
        let free = half.Select(h => h.Start).Distinct().Order().ToList()
        select new HalfDay(null, half.Key.One, half.Key.Other, half.Key.Place, day, free, free.Count < half.Max(h => h.Starts.Count), LoadOf(half.Key.One, half.Key.Other));

    private IReadOnlyList<DateTimeOffset> StartsOf(FixedMoment moment, DateOnly day) =>
        _starts.TryGetValue((day, moment.From, moment.Until), out var known) ? known : _starts[(day, moment.From, moment.Until)] = [.. Matcher.Starts(moment, day)];

    private List<DateTimeOffset> FreeOf(Professional one, Professional other, Location place, IReadOnlyList<DateTimeOffset> starts, Ignored ignored)
    {
        var free = new List<DateTimeOffset>(starts.Count);
        foreach (var start in starts)
        {
            if (IsFree(one, place, start, ignored) && IsFree(other, place, start, ignored) && HasRoom(place, start, ignored))
            {
                free.Add(start);
            }
        }

        return free;
    }

    private bool CanCome(Professional who, Discipline side, DateOnly day, Ignored ignored) =>
        who.Discipline == side && !region.Calendar.IsAbsent(who.Id, day) && !(day > region.Organisations[who.OrganisationId].Until)
        && (ignored.HasFlag(Ignored.Readiness) || (who.IsReadyOn(day) && HasCountingRole(who, day)));

    private bool HasCountingRole(Professional who, DateOnly day)
    {
        var key = (who.Profession, who.Discipline, day);
        return _roles.TryGetValue(key, out var counts) ? counts : _roles[key] = region.HasCountingRole(who, day);
    }

    private bool MayWorkTogether(Professional one, Professional other, DateOnly day, Ignored ignored)
    {
        if (one.OrganisationId == other.OrganisationId || one.IsSamePerson(other))
        {
            return false;
        }

        var key = (one.OrganisationId, other.OrganisationId, day);
        return ignored.HasFlag(Ignored.Agreements) || (_agreements.TryGetValue(key, out var isAgreed)
            ? isAgreed
            : _agreements[key] = region.AgreementsOf(one.OrganisationId, other.OrganisationId).Any(a => a.IsInForce(day)));
    }

    private bool HasRoom(Location place, DateTimeOffset start, Ignored ignored) => ignored.HasFlag(Ignored.Bookings) || RoomsLeft(place, start) > 0;

    private bool IsFree(Professional who, Location place, DateTimeOffset start, Ignored ignored)
    {
        if (!ignored.HasFlag(Ignored.Bookings))
        {
            foreach (var other in _people[who.Id])
            {
                if (!CanDoBoth(place.Id, start, other.LocationId, other.StartsAt))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private double LoadOf(Professional one, Professional other) => (_people[one.Id].Count() + _people[other.Id].Count()) / 2.0;

    private sealed record Alone(Professional Who, Location Place, DateTimeOffset Start, IReadOnlyList<DateTimeOffset> Starts);
}

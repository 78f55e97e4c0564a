using System.Collections.Concurrent;
using System.Runtime.InteropServices;
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

    private readonly Bookings _booked = new(taken);
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
        foreach (var other in _booked.At(place.Id))
        {
            left -= (other.StartsAt - start).Duration() < Matcher.Slot ? 1 : 0;
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
            var (starts, free) = (StartsOf(moment, day), new List<DateTimeOffset>());
            (bool One, bool Other, bool Together)? come = null; // in a region that is busy most half-days are full, and then nobody asks
            foreach (var start in starts)
            {
                var (isOneFree, isOtherFree) = (IsFree(one, place, start, ignored), IsFree(other, place, start, ignored));
                if (!isOneFree && !isOtherFree)
                {
                    continue;
                }

                var (isOne, isOther, isDuo) = come ??= Come(one, other, day, ignored);
                if (isDuo && isOneFree && isOtherFree)
                {
                    if (HasRoom(place, start, ignored))
                    {
                        free.Add(start);
                    }

                    continue;
                }

                // One of the two is there and free, and the other is not; or they may not work together.
                if (isOne && isOneFree)
                {
                    alone.Add(new Alone(one, place, start, starts));
                }

                if (isOther && isOtherFree)
                {
                    alone.Add(new Alone(other, place, start, starts));
                }
            }

            if (free.Count > 0)
            {
                open.Add(new HalfDay(duo, one, other, place, day, free, free.Count < starts.Count, LoadOf(one, other)));
            }
        }

        open.AddRange(Together(alone, day, ignored));
        return open;
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

    private (bool One, bool Other, bool Together) Come(Professional one, Professional other, DateOnly day, Ignored ignored)
    {
        var (isOne, isOther) = (CanCome(one, Discipline.MentalHealth, day, ignored), CanCome(other, Discipline.SocialDomain, day, ignored));
        return (isOne, isOther, isOne && isOther && MayWorkTogether(one, other, day, ignored));
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
            foreach (var other in _booked.Of(who.Id))
            {
                if (!CanDoBoth(place.Id, start, other.LocationId, other.StartsAt))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private double LoadOf(Professional one, Professional other) => (_booked.Of(one.Id).Count + _booked.Of(other.Id).Count) / 2.0;

    /// <summary>Per person and per place; asked for each moment of each day, hence no ILookup.</summary>
    private sealed class Bookings
    {
        private static readonly List<Taken> None = [];
        private readonly Dictionary<Guid, List<Taken>> _people = [];
        private readonly Dictionary<Guid, List<Taken>> _places = [];

        internal Bookings(IReadOnlyCollection<Taken> taken)
        {
            foreach (var one in taken)
            {
                Add(_people, one.MentalHealthProfessionalId, one);
                Add(_people, one.SocialDomainProfessionalId, one);
                Add(_places, one.LocationId, one);
            }
        }

        internal List<Taken> Of(Guid professionalId) => _people.GetValueOrDefault(professionalId, None);

        internal List<Taken> At(Guid locationId) => _places.GetValueOrDefault(locationId, None);

        private static void Add(Dictionary<Guid, List<Taken>> all, Guid key, Taken one)
        {
            ref var its = ref CollectionsMarshal.GetValueRefOrAddDefault(all, key, out _);
            (its ??= []).Add(one);
        }
    }

    private sealed record Alone(Professional Who, Location Place, DateTimeOffset Start, IReadOnlyList<DateTimeOffset> Starts);
}

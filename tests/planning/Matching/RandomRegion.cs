using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Tests.Matching;

/// <summary>A small registry with every defect there can be, bookings, and a resident with wishes; all from one number.</summary>
internal sealed class RandomRegion
{
    internal static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero); // a Monday; summer time does not come within the horizon
    internal static readonly DateOnly Today = new(2026, 11, 23);
    internal const int Weeks = 6;

    private readonly Random _random;

    internal RandomRegion(int seed)
    {
        _random = new Random(seed);
        Organisations = Some(2, 5, i => new Organisation { Id = NewId(), Name = $"O{i}", Until = Seldom(10) });
        Agreements = [.. (from one in Organisations from other in Organisations where _random.Next(10) < 7
            select new Agreement { Id = NewId(), OneOrganisationId = one.Id, OtherOrganisationId = other.Id, From = _random.Next(5) == 0 ? Later() : Past, Until = Seldom(6) })];
        Roles = _random.Next(2) == 0 ? [] : [.. from side in Enum.GetValues<Discipline>() from name in new[] { "een", "twee" } where _random.Next(5) > 0
            select new Role { Id = NewId(), Name = name, Discipline = side, Until = Seldom(8) }];
        Professionals = Some(4, 9, i => new Professional
        {
            Id = NewId(),
            Name = $"P{i}",
            Discipline = _random.Next(2) == 0 ? Discipline.MentalHealth : Discipline.SocialDomain,
            Profession = _random.Next(2) == 0 ? "een" : "twee",
            OrganisationId = Any(Organisations).Id,
            Telephone = "020",
            Login = _random.Next(8) == 0 ? "P0" : $"p{i}",
            Languages = _random.Next(3) == 0 ? "nl tr" : "nl",
            ELearningDoneOn = _random.Next(12) == 0 ? null : Past,
            TrainingDoneOn = _random.Next(8) == 0 ? Later() : Past,
            RegisteredUntil = Seldom(8),
            Until = Seldom(10),
        });
        Locations = Some(2, 4, i => new Location
        {
            Id = NewId(),
            Name = $"L{i}",
            Address = "",
            Rooms = _random.Next(1, 3),
            Kind = _random.Next(4) == 0 ? (LocationKind)_random.Next(3) : LocationKind.Building,
            Latitude = 52.2 + (_random.NextDouble() * 0.4),
            Longitude = 4.7 + (_random.NextDouble() * 0.5),
            IsWheelchairAccessible = _random.Next(2) == 0,
            Until = Seldom(12),
        });
        Duos = [.. Some(2, 8, _ => new Duo
        {
            Id = NewId(), MentalHealthProfessionalId = Any(Professionals).Id, SocialDomainProfessionalId = Any(Professionals).Id,
            MetOn = _random.Next(3) == 0 ? null : _random.Next(3) == 0 ? Later() : Past, Until = Seldom(10),
        }).Where(d => d.MentalHealthProfessionalId != d.SocialDomainProfessionalId).DistinctBy(d => (d.MentalHealthProfessionalId, d.SocialDomainProfessionalId))];
        Moments = Duos.Count == 0 ? [] : [.. Some(2, 10, _ => new FixedMoment
        {
            Id = NewId(), DuoId = Any(Duos).Id, LocationId = Any(Locations).Id, Day = (DayOfWeek)_random.Next(1, 6), From = new TimeOnly(_random.Next(2) == 0 ? 9 : 13, 0),
            Until = new TimeOnly(_random.Next(2) == 0 ? 17 : 18, 45), ValidFrom = _random.Next(6) == 0 ? Later() : Past, ValidUntil = Seldom(6),
        }).DistinctBy(m => (m.DuoId, m.LocationId, m.Day))];
        Absences = Some(0, 4, _ => new Absence { Id = NewId(), ProfessionalId = Any(Professionals).Id, From = Later(), Until = _random.Next(3) == 0 ? null : Today.AddDays(60) });
        Pauses = Moments.Count == 0 ? [] : Some(0, 3, _ => new MomentPause { Id = NewId(), FixedMomentId = Any(Moments).Id, From = Later(), Until = Today.AddDays(30) });
        Holidays = Some(0, 2, _ => new Holiday { Id = NewId(), Name = "dicht", From = Later(), Until = Today.AddDays(20) });
        Region = new Region(
            Organisations, Agreements, Professionals, Locations, Duos, Moments, [new PostcodeArea { Digits = "1182", Latitude = 52.31, Longitude = 4.86 }],
            new RegionCalendar(Absences, Pauses, Holidays, new PublicHolidays()), Roles);
        Taken = Moments.Count == 0 ? [] : Some(0, 8, _ => Booking(Any(Moments)));
        Wishes = new Wishes(_random.Next(5) == 0 ? null : "1182", _random.Next(4) == 0 ? "tr" : null) { Said = SomeWishes() };
    }

    private static DateOnly Past => new(2026, 1, 1);

    internal List<Organisation> Organisations { get; }
    internal List<Agreement> Agreements { get; }
    internal List<Role> Roles { get; }
    internal List<Professional> Professionals { get; }
    internal List<Location> Locations { get; }
    internal List<Duo> Duos { get; }
    internal List<FixedMoment> Moments { get; }
    internal List<Absence> Absences { get; }
    internal List<MomentPause> Pauses { get; }
    internal List<Holiday> Holidays { get; }
    internal List<Taken> Taken { get; }
    internal Region Region { get; }
    internal Wishes Wishes { get; }
    internal MatchingRules Rules { get; } = new(Weeks);

    internal Matcher Matcher => new(Region, Taken, Rules);

    // At a moment of the same day, or half an hour beside it; at that place, or at another.
    private Taken Booking(FixedMoment moment)
    {
        var duo = Duos.Single(d => d.Id == moment.DuoId);
        var day = Today.AddDays((((int)moment.Day - 1 + 7) % 7) + (7 * _random.Next(Weeks)));
        var start = new DateTimeOffset(day.ToDateTime(moment.From).AddMinutes((110 * _random.Next(2)) + (30 * _random.Next(3))), TimeSpan.FromHours(1)).ToUniversalTime();
        return new Taken(
            duo.MentalHealthProfessionalId, _random.Next(2) == 0 ? duo.SocialDomainProfessionalId : NewId(), _random.Next(2) == 0 ? moment.LocationId : Any(Locations).Id, start);
    }

    private ResidentWishes SomeWishes() => _random.Next(2) == 0 ? ResidentWishes.None : ResidentWishes.Of(
        _random.Next(4) == 0 ? "tr" : null, _random.Next(4) == 0, _random.Next(3) == 0, _random.Next(3) == 0 ? (WishedPlace)_random.Next(4) : WishedPlace.Anywhere,
        ResidentWishes.Days.SelectMany(_ => ResidentWishes.Parts, ResidentWishes.PartOf).Where(_ => _random.Next(4) == 0),
        _random.Next(3) == 0 ? [_random.Next(2) == 0 ? Any(Organisations).Id : Any(Professionals).Id] : []);

    private DateOnly Later() => Today.AddDays(_random.Next(-5, 40));

    private DateOnly? Seldom(int outOf) => _random.Next(outOf) == 0 ? Later() : null;

    private T Any<T>(List<T> all) => all[_random.Next(all.Count)];

    private List<T> Some<T>(int least, int most, Func<int, T> make) => [.. Enumerable.Range(0, _random.Next(least, most + 1)).Select(make)];

    private Guid NewId()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}

using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Benchmarks;

/// <summary>
/// A region made up from a seed: postcodes in clusters around neighbourhood centres; each professional has two half-days a
/// week at a centre and a maatje or three among those of the other side who are there at the same time.
/// </summary>
internal static class AmsterdamLikeRegion
{
    internal static readonly DateTimeOffset Monday = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private static readonly DateOnly Since = new(2026, 1, 1);
    private static readonly string[] Languages = ["nl en", "nl en", "nl", "nl en tr", "nl ar", "nl en ar", "nl pl", "nl en es"];
    private static readonly string?[] Asked = [null, null, null, null, null, null, null, "en", "tr", "ar"];
    private static readonly DayOfWeek[] Days = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    internal static (Region Region, List<Waiting> List) Make(int referrals, int people, int seed)
    {
        var random = new Random(seed);
        Guid NewId()
        {
            var bytes = new byte[16];
            random.NextBytes(bytes);
            return new Guid(bytes);
        }

        T[] Some<T>(IEnumerable<T> all, int count)
        {
            var shuffled = all.ToArray();
            random.Shuffle(shuffled);
            return shuffled[..count];
        }

        var clusters = Math.Max(2, people / 25);
        var centres = Enumerable.Range(0, clusters).Select(_ => (Lat: 52.30 + (random.NextDouble() * 0.13), Lon: 4.75 + (random.NextDouble() * 0.28))).ToList();
        var postcodes = Enumerable.Range(0, Math.Min(90, clusters * 3)).Select(i => new PostcodeArea
        {
            Digits = $"{1011 + i}",
            Latitude = centres[i % clusters].Lat + ((random.NextDouble() - 0.5) * 0.03),
            Longitude = centres[i % clusters].Lon + ((random.NextDouble() - 0.5) * 0.05),
        }).ToList();
        var organisations = Enumerable.Range(0, 12).Select(i => new Organisation { Id = NewId(), Name = $"Organisatie {i}" }).ToList();
        var agreements = (from one in organisations
                          from other in organisations
                          where one != other && random.Next(10) < 8
                          select new Agreement { Id = NewId(), OneOrganisationId = one.Id, OtherOrganisationId = other.Id, From = Since }).ToList();
        var places = centres.Select((c, i) => new Location
        {
            Id = NewId(),
            Name = $"Wijkcentrum {i}",
            Address = "Plein 1",
            Rooms = 4,
            Latitude = c.Lat,
            Longitude = c.Lon,
            IsWheelchairAccessible = true,
        }).ToList();
        var halves = Days.SelectMany(day => new[] { (Day: day, From: new TimeOnly(8, 30)), (Day: day, From: new TimeOnly(14, 0)) }).ToArray();
        var open = centres.Select(_ => Some(halves, 4)).ToList(); // when a centre has rooms for it
        var here = Enumerable.Range(0, people).Select(i => (Person: new Professional
        {
            Id = NewId(),
            Name = $"Verkenner {i}",
            Discipline = i % 2 == 0 ? Discipline.MentalHealth : Discipline.SocialDomain,
            Profession = "verkenner",
            OrganisationId = organisations[random.Next(organisations.Count)].Id,
            Telephone = "020 555 0000",
            Login = $"p{i}",
            Languages = Languages[random.Next(Languages.Length)],
            ELearningDoneOn = Since,
            TrainingDoneOn = Since,
        }, Cluster: random.Next(clusters))).Select(p => (p.Person, p.Cluster, Halves: Some(open[p.Cluster], 2))).ToList();

        var (duos, moments) = (new List<Duo>(), new List<FixedMoment>());
        foreach (var one in here.Where(p => p.Person.Discipline is Discipline.MentalHealth))
        {
            var partners = here.Where(p => p.Person.Discipline is Discipline.SocialDomain && p.Cluster == one.Cluster
                && p.Person.OrganisationId != one.Person.OrganisationId && p.Halves.Intersect(one.Halves).Any()).ToArray();
            random.Shuffle(partners);
            foreach (var other in partners.Take(3))
            {
                var duo = new Duo { Id = NewId(), MentalHealthProfessionalId = one.Person.Id, SocialDomainProfessionalId = other.Person.Id, MetOn = Since };
                duos.Add(duo);
                moments.AddRange(other.Halves.Intersect(one.Halves).Select(h => new FixedMoment
                {
                    Id = NewId(),
                    DuoId = duo.Id,
                    LocationId = places[one.Cluster].Id,
                    Day = h.Day,
                    From = h.From,
                    Until = h.From.AddHours(5.5),
                    ValidFrom = Since,
                }));
            }
        }

        var region = new Region(organisations, agreements, [.. here.Select(p => p.Person)], places, duos, moments, postcodes);
        return (region, [.. Enumerable.Range(0, referrals).Select(_ => new Waiting(
            NewId(), new Wishes(postcodes[random.Next(postcodes.Count)].Digits, Asked[random.Next(Asked.Length)])))]);
    }
}

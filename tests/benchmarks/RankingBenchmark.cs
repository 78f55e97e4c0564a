using System.Diagnostics;
using System.Globalization;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Benchmarks;

/// <summary>
/// Ranking for one referral, with its reasons and points, over 2,000 professionals and 8 weeks, beside one plain scan over
/// the same candidates: each is judged free or not and scored, and the lowest kept. Both begin with the bookings as they come
/// from the database, and take turns.
/// </summary>
internal static class RankingBenchmark
{
    private const int Weeks = 8;
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    internal static int Run(bool isQuick)
    {
        var (region, taken) = Make(duos: 1_000, seed: 1);
        var wishes = new Wishes("1182", null);
        var all = new Matcher(region, []).Rank(wishes, Monday, Weeks, int.MaxValue)
            .Select(c => (c.MentalHealthProfessionalId, c.SocialDomainProfessionalId, c.LocationId, c.StartsAt, Wait: c.Points[0].Value + c.Points[1].Value)).ToArray();
        var (ranks, scans) = (new List<double>(), new List<double>());
        for (var (run, runs) = (-20, isQuick ? 50 : 300); run < runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            var best = new Matcher(region, taken).Find(wishes, Monday, Weeks).Candidates[0].Score;
            var ranked = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            start = Stopwatch.GetTimestamp();
            var lowest = Scan(region, taken, all);
            var scanned = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (Math.Abs(best - lowest) > 1e-9)
            {
                throw new InvalidOperationException($"The best of the ranking costs {best}, that of the scan {lowest}.");
            }

            if (run >= 0)
            {
                ranks.Add(ranked);
                scans.Add(scanned);
            }
        }

        var (rank, scan) = (Middle(ranks), Middle(scans));
        var ratio = Middle(ranks.Zip(scans, (r, s) => r / s));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.Length} candidates, {taken.Count} bookings: ranking {rank:0.000} ms, plain scan {scan:0.000} ms (medians of {ranks.Count} paired runs)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio ranking {ratio:0.000} (at most 3)"));
        return ratio <= 3 ? 0 : 1;
    }

    private static double Scan(
        Region region, IReadOnlyList<Taken> taken, (Guid One, Guid Other, Guid Place, DateTimeOffset StartsAt, double Wait)[] all)
    {
        var busy = new HashSet<(Guid, DateTimeOffset)>();
        var load = new Dictionary<Guid, int>();
        foreach (var t in taken)
        {
            busy.Add((t.MentalHealthProfessionalId, t.StartsAt));
            busy.Add((t.SocialDomainProfessionalId, t.StartsAt));
            load[t.MentalHealthProfessionalId] = load.GetValueOrDefault(t.MentalHealthProfessionalId) + 1;
            load[t.SocialDomainProfessionalId] = load.GetValueOrDefault(t.SocialDomainProfessionalId) + 1;
        }

        var kilometres = region.Locations.ToDictionary(l => l.Key, l => region.Kilometres("1182", l.Value) ?? 5);
        var lowest = double.PositiveInfinity;
        foreach (var (one, other, place, start, wait) in all)
        {
            if (!busy.Contains((one, start)) && !busy.Contains((other, start)))
            {
                var begun = busy.Contains((one, start - Matcher.Slot)) || busy.Contains((one, start + Matcher.Slot));
                lowest = Math.Min(lowest, wait + (0.5 * kilometres[place]) + (begun ? 0 : 0.5) + (0.25 * ((load.GetValueOrDefault(one) + load.GetValueOrDefault(other)) / 2.0)));
            }
        }

        return lowest;
    }

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    // Each duo has two half-days a week of two conversations; one in five moments of the next weeks is taken.
    private static (Region Region, List<Taken> Taken) Make(int duos, int seed)
    {
        var random = new Random(seed);
        var since = new DateOnly(2026, 1, 1);
        var organisations = Enumerable.Range(0, 12).Select(i => new Organisation { Id = Guid.NewGuid(), Name = $"Organisatie {i}" }).ToList();
        var agreements = (from one in organisations[..6]
                          from other in organisations[6..]
                          select new Agreement { Id = Guid.NewGuid(), OneOrganisationId = one.Id, OtherOrganisationId = other.Id, From = since }).ToList();
        var places = Enumerable.Range(0, 80).Select(i => new Location
        {
            Id = Guid.NewGuid(),
            Name = $"Wijkcentrum {i}",
            Address = "Plein 1",
            Rooms = 12,
            Latitude = 52.2 + (random.NextDouble() * 0.3),
            Longitude = 4.7 + (random.NextDouble() * 0.4),
            IsWheelchairAccessible = true,
        }).ToList();
        Professional Person(int i, Discipline side) => new()
        {
            Id = Guid.NewGuid(),
            Name = $"Verkenner {i}",
            Discipline = side,
            Profession = "verkenner",
            OrganisationId = organisations[random.Next(6) + (side is Discipline.MentalHealth ? 0 : 6)].Id,
            Telephone = "020 555 0000",
            Login = $"{side}-{i}", // who logs in as one and as the other is one person
            Languages = "nl",
            ELearningDoneOn = since,
            TrainingDoneOn = since,
        };
        var pairs = Enumerable.Range(0, duos).Select(i => (One: Person(i, Discipline.MentalHealth), Other: Person(i, Discipline.SocialDomain))).ToList();
        var all = pairs.ConvertAll(p => new Duo { Id = Guid.NewGuid(), MentalHealthProfessionalId = p.One.Id, SocialDomainProfessionalId = p.Other.Id, MetOn = since });
        var moments = all.SelectMany(d => new[] { random.Next(5), random.Next(5) }.Distinct(), (duo, day) => (duo, day, from: random.Next(2) == 0 ? 9 : 13)).Select(m => new FixedMoment
        {
            Id = Guid.NewGuid(),
            DuoId = m.duo.Id,
            LocationId = places[random.Next(places.Count)].Id,
            Day = (DayOfWeek)(m.day + 1),
            From = new TimeOnly(m.from, 0),
            Until = new TimeOnly(m.from + 3, 45),
            ValidFrom = since,
        }).ToList();
        var roles = Enum.GetValues<Discipline>().Select(side => new Role { Id = Guid.NewGuid(), Name = "verkenner", Discipline = side }).ToList();
        var region = new Region(
            organisations, agreements, [.. pairs.SelectMany(p => new[] { p.One, p.Other })], places, all, moments,
            [new PostcodeArea { Digits = "1182", Latitude = 52.31, Longitude = 4.86 }], roles: roles);
        var taken = new Matcher(region, []).Rank(new Wishes(null, null), Monday, Weeks, int.MaxValue).Where(_ => random.Next(5) == 0)
            .Select(c => new Taken(c.MentalHealthProfessionalId, c.SocialDomainProfessionalId, c.LocationId, c.StartsAt)).ToList();
        return (region, taken);
    }
}

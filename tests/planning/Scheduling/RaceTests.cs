using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Hosting;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Scheduling;

/// <summary>
/// Several planners book or move at the same moment, at random, where they are bound to clash. In full, a hundred thousand races:
/// RACES=100000 dotnet run -c Release --project tests/planning -- --filter-class '*RaceTests'
/// </summary>
public sealed class RaceTests
{
    private const int Seed = 20261123;
    private const int AtOnce = 2;

    private static readonly int Races = int.Parse(Environment.GetEnvironmentVariable("RACES") ?? "60", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task Whoever_races_nobody_and_no_room_is_booked_twice(string database)
    {
        string[] settings = database is "Sqlite"
            ? ["--Planning:UndoSeconds=0"]
            : ["--Planning:UndoSeconds=0", "--Database:Provider=PostgreSql", $"--Database:ConnectionString={await (await PostgreSqlServer.Shared).CreateDatabase()}"];
        await using var planning = await PlanningHost.Start(settings);
        var random = new Random(Seed);
        var people = await People.Of(planning);
        var (booked, refused) = (0, 0);
        var unexplained = new List<string>();

        for (var race = 0; race < Races; race++)
        {
            if (race % 500 == 0)
            {
                await people.BeginAgain(planning, referrals: 40);
            }

            var day = race % 500; // free before, so that it is the race that decides
            var steps = Enumerable.Range(0, AtOnce).Select(_ => (Referral: people.Referral(random), Moment: people.Moment(random, day))).ToList();
            var answers = await Task.WhenAll(steps.Select(s => Task.Run(() => planning.Work(s.Referral, BookOrMove(s.Moment)))));
            booked += answers.Count(a => a is null);
            refused += answers.Count(a => a is ScheduleConversation.Taken or PlannerStep.Changed);
            unexplained.AddRange(answers.Where(a => a is not (null or ScheduleConversation.Taken or PlannerStep.Changed))!);
            if (race % 500 == 499 || race == Races - 1)
            {
                Assert.Empty(await Doubles(planning));
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{database}: {Races} races of {AtOnce} at once, {booked} booked or moved, {refused} refused, 0 double");
        Assert.Empty(unexplained);
        Assert.Equal(Races * AtOnce, booked + refused);
        Assert.True(booked > 0 && refused > 0);
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task The_database_itself_refuses_when_nobody_looked_first(string database)
    {
        string[] settings = database is "Sqlite" ? [] : ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={await (await PostgreSqlServer.Shared).CreateDatabase()}"];
        await using var planning = await PlanningHost.Start(settings);
        var people = await People.Of(planning);
        await people.BeginAgain(planning, referrals: 2);
        var moment = people.Moment(new Random(Seed));
        Assert.Null(await planning.Work(people.Referrals[0], BookOrMove(moment)));

        // By hand, past our own look; half an hour later, so that only a range can see it, and at the same begin for the others.
        var shift = database is "Sqlite" ? 0 : 30;
        var failure = await planning.InDatabase(async db =>
        {
            var other = Conversation.Propose(people.Referrals[1], moment with { StartsAt = moment.StartsAt.AddMinutes(shift), EndsAt = moment.EndsAt.AddMinutes(shift) });
            await using var connection = db.Database.GetDbConnection();
            await connection.OpenAsync();
            await using var insert = connection.CreateCommand();
            var copy = database is "Sqlite" ? "\"StartsAt\", \"FreeAt\"" : "\"StartsAt\" + interval '30 minutes', \"FreeAt\" + interval '30 minutes'";
            insert.CommandText = $"""
                INSERT INTO "Conversations" ("Id", "ReferralId", "Status", "DuoId", "MentalHealthProfessionalId", "SocialDomainProfessionalId", "LocationId",
                  "Room", "StartsAt", "EndsAt", "FreeAt", "Reasons", "Sequence", "Version")
                SELECT '{other.Id}', '{other.ReferralId}', "Status", "DuoId", "MentalHealthProfessionalId", "SocialDomainProfessionalId", "LocationId",
                  "Room", {copy.Split(", ")[0]}, "EndsAt", {copy.Split(", ")[1]}, "Reasons", "Sequence", "Version" FROM "Conversations"
                """;
            return await Record.ExceptionAsync(() => insert.ExecuteNonQueryAsync());
        });

        Assert.NotNull(failure);
        Assert.True(failure.IsRefusal());
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task Of_two_that_are_each_fine_but_too_far_apart_to_travel_one_is_booked(string database)
    {
        string[] settings = database is "Sqlite"
            ? ["--Planning:UndoSeconds=0"]
            : ["--Planning:UndoSeconds=0", "--Database:Provider=PostgreSql", $"--Database:ConnectionString={await (await PostgreSqlServer.Shared).CreateDatabase()}"];
        await using var planning = await PlanningHost.Start([.. settings, "--Matching:TravelKilometresAnHour=1"]); // every two places are far apart
        var (random, people) = (new Random(Seed), await People.Of(planning));
        for (var race = 0; race < 20; race++)
        {
            await people.BeginAgain(planning, referrals: 2);
            var (here, there) = people.OneAfterTheOther(random);

            var answers = await Task.WhenAll(
                Task.Run(() => planning.Work(people.Referrals[0], BookOrMove(here))), Task.Run(() => planning.Work(people.Referrals[1], BookOrMove(there))));

            Assert.Equal([null, ScheduleConversation.Taken], answers.Order());
        }

        await people.BeginAgain(planning, referrals: 2);
        var (first, elsewhere) = people.OneAfterTheOther(random);
        Assert.Null(await planning.Work(people.Referrals[0], BookOrMove(first)));
        Assert.Null(await planning.Work(people.Referrals[1], BookOrMove(elsewhere with { LocationId = first.LocationId }))); // in the same house it goes
    }

    private static At.Step BookOrMove(Candidate moment) => (services, journey, conversation, by) =>
    {
        var schedule = services.GetRequiredService<ScheduleConversation>();
        return conversation is { Status: ConversationStatus.Scheduled }
            ? schedule.Move(journey, conversation, journey.Revision, moment, by, default)
            : schedule.Book(journey, conversation, journey.Revision, moment, by, default);
    };

    // Looked at pair by pair, without a word of the code that keeps them apart.
    private static async Task<List<string>> Doubles(PlanningHost planning)
    {
        var all = await planning.InDatabase(db => db.Conversations.AsNoTracking().ToListAsync());
        var rooms = await planning.InDatabase(async db => (await db.Set<Location>().AsNoTracking().ToListAsync()).ToDictionary(l => l.Id, l => l.AtOnce));
        var until = (Conversation c) => c.StartsAt + Matcher.Slot;
        var doubles = from a in all
                      from b in all
                      where a.Id.CompareTo(b.Id) < 0 && a.StartsAt < until(b) && b.StartsAt < until(a)
                          && (a.MentalHealthProfessionalId == b.MentalHealthProfessionalId || a.SocialDomainProfessionalId == b.SocialDomainProfessionalId
                              || (a.LocationId == b.LocationId && a.Room == b.Room))
                      select $"{a.StartsAt:O} {b.StartsAt:O}";
        return [.. doubles, .. all.Where(c => c.Room < 1 || c.Room > rooms[c.LocationId]).Select(c => $"room {c.Room}")];
    }

    /// <summary>A few people and places, so that two at once nearly always want the same.</summary>
    private sealed class People(List<Guid> mentalHealth, List<Guid> socialDomain, List<Guid> locations, DateTimeOffset first)
    {
        internal List<Guid> Referrals { get; } = [];

        internal static async Task<People> Of(PlanningHost planning)
        {
            await using var scope = planning.App.Services.CreateAsyncScope();
            var region = await scope.ServiceProvider.GetRequiredService<KnownRegion>().Get(default);
            var (one, other) = (region.Professionals.Values.Where(p => p.Discipline is Discipline.MentalHealth), region.Professionals.Values.Where(p => p.Discipline is Discipline.SocialDomain));
            return new People(
                [.. one.Select(p => p.Id).Order().Take(4)], [.. other.Select(p => p.Id).Order().Take(4)],
                [.. region.Locations.Keys.Order().Take(3)], planning.Clock.GetUtcNow().AddDays(1));
        }

        internal async Task BeginAgain(PlanningHost planning, int referrals)
        {
            await planning.InDatabase(async db =>
            {
                await db.Conversations.ExecuteDeleteAsync();
                await db.Journeys.ExecuteDeleteAsync();
                await db.Outbox.ExecuteDeleteAsync();
                await db.Audit.ExecuteDeleteAsync();
                await db.Set<UndoableStep>().ExecuteDeleteAsync();
                Referrals.Clear();
                foreach (var journey in Enumerable.Range(0, referrals).Select(_ => ReferralJourney.Begin(Guid.NewGuid(), planning.Clock.GetUtcNow(), "routine", "1182", null, [])))
                {
                    journey.Record(Step.AssignmentProposed, planning.Clock.GetUtcNow());
                    db.Journeys.Add(journey);
                    Referrals.Add(journey.ReferralId);
                }

                return await db.SaveChangesAsync();
            });
        }

        internal Guid Referral(Random random) => Referrals[random.Next(Referrals.Count)];

        /// <summary>The same professional twice, with another partner and in another place, the second as soon as the first is evaluated.</summary>
        internal (Candidate First, Candidate Second) OneAfterTheOther(Random random)
        {
            var first = Moment(random);
            var start = first.StartsAt + Matcher.Slot;
            return (first, first with
            {
                SocialDomainProfessionalId = socialDomain.First(id => id != first.SocialDomainProfessionalId),
                LocationId = locations.First(id => id != first.LocationId),
                StartsAt = start,
                EndsAt = start + Matcher.Length,
            });
        }

        internal Candidate Moment(Random random, int day = 0)
        {
            var start = first.AddDays(day).AddMinutes(15 * random.Next(12));
            return new Candidate(
                Guid.NewGuid(), mentalHealth[random.Next(mentalHealth.Count)], socialDomain[random.Next(socialDomain.Count)],
                locations[random.Next(locations.Count)], start, start + Matcher.Length, 0, []);
        }
    }
}

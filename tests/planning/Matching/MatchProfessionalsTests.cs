using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Hosting;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Registry;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Matching;

public sealed class MatchProfessionalsTests
{
    [Fact]
    public async Task A_referral_is_on_the_work_list_with_a_proposal_and_both_are_told()
    {
        await using var planning = await PlanningHost.Start();

        var referral = await planning.AReferral();

        var told = await planning.Told(referral);
        var proposed = Assert.IsType<AssignmentProposed>(told[1]);
        Assert.Equal((1, 2), (Assert.IsType<ReferralTakenIn>(told[0]).Sequence, proposed.Sequence));
        Assert.Equal("soon", proposed.Reasons[0].Code);
        var (journey, conversation) = await planning.InDatabase(async db => (await db.Journeys.SingleAsync(), await db.Conversations.SingleAsync()));
        Assert.Equal(Stage.AwaitingSchedule, journey.Stage);
        Assert.Equal((proposed.DuoId, proposed.StartsAt), (conversation.DuoId, conversation.StartsAt));
    }

    [Fact]
    public async Task The_same_referral_twice_is_proposed_once()
    {
        await using var planning = await PlanningHost.Start();
        var (received, message) = (AReferral(planning.Clock.GetUtcNow()), Guid.NewGuid());

        await planning.Tell(received, message);
        await planning.Tell(received, message);
        await planning.Tell(received, Guid.NewGuid());

        Assert.Equal(2, (await planning.Told(received.ReferralId)).Count);
        Assert.Equal(1, await planning.InDatabase(db => db.Conversations.CountAsync()));
    }

    [Fact]
    public async Task Nobody_is_proposed_in_two_places()
    {
        await using var planning = await PlanningHost.Start();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => planning.AReferral()));

        var all = await planning.InDatabase(db => db.Conversations.ToListAsync());
        Assert.Equal(50, all.Count);
        Assert.Equal(100, all.SelectMany(c => new[] { (c.MentalHealthProfessionalId, c.StartsAt), (c.SocialDomainProfessionalId, c.StartsAt) }).Distinct().Count());
    }

    [Fact]
    public async Task A_referral_that_came_before_the_registry_was_filled_does_not_keep_it_empty()
    {
        await using var planning = await PlanningHost.Start("--Registry:File=");
        var early = await planning.AReferral();
        var region = await RegionFile.Read(Path.Combine(Repository.Root, "services/planning/demo-region.json"), TestContext.Current.CancellationToken);
        await planning.InDatabase(db =>
        {
            db.AddRange(region.Entities());
            return db.SaveChangesAsync();
        });

        var later = await planning.AReferral();

        Assert.DoesNotContain(await planning.Told(early), m => m is AssignmentProposed);
        Assert.Contains(await planning.Told(later), m => m is AssignmentProposed);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("acht")]
    [InlineData("53")]
    public async Task A_horizon_that_makes_no_sense_stops_the_start(string weeks)
    {
        var refused = await Assert.ThrowsAsync<SettingException>(() => PlanningHost.Start($"--Matching:HorizonWeeks={weeks}"));

        Assert.Contains("Matching:HorizonWeeks", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_instances_that_get_two_hundred_referrals_at_once_propose_each_one_and_nothing_twice()
    {
        var database = await (await PostgreSqlServer.Shared).CreateDatabase();
        string[] settings = ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={database}", "--Matching:HorizonWeeks=20"];
        await using var one = await PlanningHost.Start(settings);
        await using var other = await PlanningHost.Start(settings);

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var received = AReferral(one.Clock.GetUtcNow());
            var (planning, message) = (i % 2 == 0 ? one : other, Guid.NewGuid());
            await Eventually.Is(async () => // a transport delivers again what failed
            {
                await planning.Tell(received, message);
                return true;
            });
        });

        var all = await one.InDatabase(db => db.Conversations.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(200, all.Count);
        Assert.Equal(600, all.SelectMany(c => new[] { c.MentalHealthProfessionalId, c.SocialDomainProfessionalId, c.LocationId }, (c, who) => (who, c.StartsAt)).Distinct().Count());
        Assert.Equal(400, await one.InDatabase(db => db.Outbox.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_referral_for_which_no_duo_fits_is_on_the_list_with_the_reason()
    {
        await using var planning = await PlanningHost.Start();

        var referral = await planning.AReferral(language: "pl");

        Assert.IsType<ReferralTakenIn>(Assert.Single(await planning.Told(referral)));
        using var planner = planning.Planner();
        Assert.Contains("Geen duo spreekt de taal van de inwoner (Pools)", (await planner.Open("/planning")).Text, StringComparison.Ordinal);
        Assert.Contains("Zoek opnieuw", (await planner.Open($"/planning/referrals/{referral}")).Text, StringComparison.Ordinal);
    }

    private static ReferralReceived AReferral(DateTimeOffset now) =>
        new() { ReferralId = Guid.NewGuid(), Sequence = 1, OccurredAt = now, Priority = "routine", PostcodeDigits = "1182" };
}

using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Registry;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Matching;

public sealed class ListPlannerTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly string[] Postcodes = ["1182", "1185", "1422", "1431"];
    private static readonly string?[] Languages = [null, null, null, "en", "tr"];

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(150)]
    [InlineData(900)] // more than there are moments
    public async Task A_plan_for_the_whole_list_breaks_no_rule_and_lies_under_its_bound(int referrals)
    {
        var region = await DemoRegion();
        var list = AList(referrals);

        var plan = APlanner(region).Together(list, TimeSpan.FromMinutes(2));

        var taken = new List<Taken>();
        foreach (var waiting in list.Where(w => plan.Planned.ContainsKey(w.ReferralId)))
        {
            var chosen = plan.Planned[waiting.ReferralId];
            var free = new Matcher(region, taken).Find(waiting.Wishes, Monday, 8, int.MaxValue).Candidates;
            Assert.Contains(free, c => (c.DuoId, c.LocationId, c.StartsAt) == (chosen.DuoId, chosen.LocationId, chosen.StartsAt));
            taken.Add(new Taken(chosen.MentalHealthProfessionalId, chosen.SocialDomainProfessionalId, chosen.LocationId, chosen.StartsAt));
        }

        Assert.True(plan.Value <= plan.Bound + 1e-6, $"{plan.Value} is more than {plan.Bound}");
    }

    [Theory]
    [InlineData(20)]
    [InlineData(150)]
    public async Task Planned_together_the_list_is_worth_more_than_one_by_one(int referrals)
    {
        var region = await DemoRegion();
        var list = AList(referrals);

        var (oneByOne, together) = (APlanner(region).OneByOne(list), APlanner(region).Together(list, TimeSpan.FromMinutes(2)));

        Assert.True(together.Value >= oneByOne.Value, $"{together.Value} is less than {oneByOne.Value}; the bound is {together.Bound}");
        Assert.True(together.Regret <= 0.02 * together.Bound, $"{together.Value} of {together.Bound}; one by one {oneByOne.Value}");
    }

    private static ListPlanner APlanner(Region region) => new(new Matcher(region, []), Monday, 8);

    private static List<Waiting> AList(int referrals)
    {
        var random = new Random(referrals);
        return [.. Enumerable.Range(0, referrals).Select(_ => new Waiting(
            Guid.NewGuid(), new Wishes(Postcodes[random.Next(Postcodes.Length)], Languages[random.Next(Languages.Length)])))];
    }

    private static async Task<Region> DemoRegion()
    {
        var entities = (await RegionFile.Read(Path.Combine(Repository.Root, "services/planning/demo-region.json"), TestContext.Current.CancellationToken))
            .Entities().ToList();
        return new Region(
            [.. entities.OfType<Organisation>()], [.. entities.OfType<Agreement>()], [.. entities.OfType<Professional>()], [.. entities.OfType<Location>()],
            [.. entities.OfType<Duo>()], [.. entities.OfType<FixedMoment>()], [.. entities.OfType<PostcodeArea>()]);
    }
}

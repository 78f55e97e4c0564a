using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Repairing;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Planning.Tests.Matching;

namespace VGIntegration.Planning.Tests.Repairing;

/// <summary>Random registries in which somebody falls ill, against every combination of repairs there is.</summary>
public sealed class ChooseRepairsTests
{
    private const int Regions = 3_000;

    [Fact]
    public void The_repairs_together_are_the_cheapest_of_all_combinations_and_keep_each_other_possible()
    {
        var (combined, clashing) = (0, 0);
        for (var seed = 0; seed < Regions; seed++)
        {
            var region = new RandomRegion(seed);
            var (matcher, options) = OptionsOf(region, atMost: 5);

            var chosen = new ChooseRepairs(matcher).Best(options);

            Assert.Equal(Cheapest(matcher, options), chosen.Sum(c => c.Cost), 6);
            Assert.True(GoTogether(matcher, [.. chosen]), $"seed {seed}");
            combined += chosen.Count(c => c.To is not null) > 1 ? 1 : 0;
            clashing += chosen.Sum(c => c.Cost) > options.Sum(o => o.Min(r => r.Cost)) + 1e-6 ? 1 : 0;
        }

        Assert.True(combined > 40, $"only {combined} regions had more than one repair");
        Assert.True(clashing > 5, $"in only {clashing} regions two wanted the same");
    }

    [Fact]
    public void No_repair_breaks_a_hard_rule_and_one_at_the_same_time_and_place_comes_before_all_others()
    {
        var (same, moved) = (0, 0);
        for (var seed = 0; seed < Regions; seed++)
        {
            var region = new RandomRegion(seed);
            var judge = new Judge(region);
            var (matcher, options) = OptionsOf(region, atMost: int.MaxValue);
            foreach (var found in options)
            {
                var repairs = found.Where(r => r.To is not null).ToList();
                Assert.All(repairs.Where(r => !r.KeepsTimeAndPlace), r => Assert.Null(judge.Broken(r.To!)));
                Assert.All(repairs.Where(r => r.KeepsTimeAndPlace), r => Assert.Null(judge.BrokenBesideMoments(r.To!)));
                Assert.All(repairs.Where(r => r.KeepsTimeAndPlace), r => Assert.Equal((found[^1].Takes.StartsAt, found[^1].Takes.LocationId), (r.To!.StartsAt, r.To.LocationId)));
                Assert.Equal(repairs.OrderBy(r => !r.KeepsTimeAndPlace).ThenBy(r => r.Cost), repairs);
                same += repairs.Count(r => r.KeepsTimeAndPlace);
                moved += repairs.Count(r => !r.KeepsTimeAndPlace);
            }
        }

        Assert.True(same > 200 && moved > 1_000, $"{same} at the same time and place, {moved} elsewhere");
    }

    // The bookings of the region are all disturbed; so matching looks at none of them.
    private static (Matcher Matcher, List<IReadOnlyList<Repair>> Options) OptionsOf(RandomRegion region, int atMost)
    {
        var known = region.Taken.Where(t => region.Region.Professionals.ContainsKey(t.SocialDomainProfessionalId)
            && region.Region.Professionals[t.MentalHealthProfessionalId].Discipline is Discipline.MentalHealth
            && region.Region.Professionals[t.SocialDomainProfessionalId].Discipline is Discipline.SocialDomain && t.StartsAt > RandomRegion.Now).ToList();
        region.Taken.Clear();
        var matcher = region.Matcher;
        var ways = new FindRepairs(matcher, RandomRegion.Now, RandomRegion.Weeks);
        return (matcher, known.Take(4).Select(t => ways.Of(Booked(t), region.Wishes)).Select(o => (IReadOnlyList<Repair>)[.. o.SkipLast(1).Take(atMost), o[^1]]).ToList());
    }

    private static Conversation Booked(Taken t)
    {
        var moment = new Candidate(Guid.Empty, t.MentalHealthProfessionalId, t.SocialDomainProfessionalId, t.LocationId, t.StartsAt, t.StartsAt + Matcher.Length, 0, []);
        var conversation = Conversation.Propose(Guid.NewGuid(), moment);
        conversation.Schedule(moment, RandomRegion.Now);
        return conversation;
    }

    // By trying them all, without a thought.
    private static double Cheapest(Matcher matcher, List<IReadOnlyList<Repair>> options)
    {
        IEnumerable<List<Repair>> all = [[]];
        foreach (var one in options)
        {
            all = [.. all.SelectMany(_ => one, (chosen, repair) => chosen.Append(repair).ToList())];
        }

        return all.Where(c => GoTogether(matcher, c)).Min(c => c.Sum(r => r.Cost));
    }

    // What stays as it is, is as it is: only what is new has to go with all others.
    private static bool GoTogether(Matcher matcher, List<Repair> all) => all.Where(r => r.To is not null).Select(r => r.Takes).All(one =>
        all.Count(o => o.Takes.LocationId == one.LocationId && (o.Takes.StartsAt - one.StartsAt).Duration() < Matcher.Slot) <= matcher.RoomsLeft(one.LocationId, one.StartsAt)
        && all.Select(o => o.Takes).All(o => ReferenceEquals(o, one)
            || (o.MentalHealthProfessionalId != one.MentalHealthProfessionalId && o.SocialDomainProfessionalId != one.SocialDomainProfessionalId)
            || matcher.CanDoBoth(one.LocationId, one.StartsAt, o.LocationId, o.StartsAt)));
}

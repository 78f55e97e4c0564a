using CsCheck;
using Google.OrTools.Sat;
using VGIntegration.Planning.Matching;

namespace VGIntegration.Planning.Tests.Matching;

/// <summary>Over random registries, bookings and wishes. VG_INSTANCES says how many; without it a short campaign.</summary>
public sealed class MatcherPropertyTests
{
    private static readonly int Instances = int.TryParse(Environment.GetEnvironmentVariable("VG_INSTANCES"), out var given) ? given : 0;

    [Fact]
    public void No_proposal_breaks_a_hard_rule_and_none_that_is_allowed_is_forgotten()
    {
        var proposed = 0;
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var region = new RandomRegion(seed);
                var judge = new Judge(region);

                var all = region.Matcher.Rank(region.Wishes, RandomRegion.Now, RandomRegion.Weeks, int.MaxValue);

                Assert.All(all, c => Assert.Null(judge.Broken(c)));
                Assert.Equal(
                    judge.Allowed().Select(a => (a.What.One, a.What.Other, a.What.Place, a.What.Local)).Order(),
                    all.Select(c => (c.MentalHealthProfessionalId, c.SocialDomainProfessionalId, c.LocationId, c.StartsAt.AddHours(1).DateTime)).Order());
                Interlocked.Add(ref proposed, all.Count);
            },
            iter: Math.Max(3_000, Instances));

        Assert.True(proposed > 300, $"{proposed} proposals say little");
    }

    [Fact]
    public void The_points_that_are_shown_add_up_to_the_score_exactly()
    {
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var region = new RandomRegion(seed);

                var all = region.Matcher.Rank(region.Wishes, RandomRegion.Now, RandomRegion.Weeks, int.MaxValue);

                Assert.All(all, c => Assert.Equal(c.Score, c.Points.Sum(p => p.Value)));
                Assert.All(all, c => Assert.Equal(Enum.GetValues<SoftRule>(), c.Points.Select(p => p.Rule)));
            },
            iter: Math.Max(200, Instances));
    }

    [Fact]
    public void What_would_help_is_what_comes_of_it()
    {
        var promises = 0;
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var region = new RandomRegion(seed);
                var (matcher, wishes) = (region.Matcher, region.Wishes);
                if (matcher.Find(wishes, RandomRegion.Now, RandomRegion.Weeks).Binding is null)
                {
                    return;
                }

                foreach (var helps in new Diagnosis(matcher, RandomRegion.Now, RandomRegion.Weeks).Relaxations(wishes))
                {
                    var relaxed = helps.Code switch
                    {
                        Relaxation.Interpreter => wishes.Said with { HasInterpreter = true },
                        Relaxation.AnyPlace => wishes.Said with { Place = WishedPlace.Anywhere },
                        Relaxation.NoAccess => wishes.Said with { NeedsAccess = false },
                        Relaxation.AnyPerson => wishes.Said with { Without = "" },
                        Relaxation.AllowDay => wishes.Said with { NotPossible = string.Join(' ', wishes.Said.NotPossible.Split(' ').Where(p => !p.StartsWith($"{helps.Day}", StringComparison.Ordinal))) },
                        _ => null,
                    };
                    if (relaxed is not null)
                    {
                        Assert.Equal(helps.Moments, matcher.Find(wishes with { Said = relaxed }, RandomRegion.Now, RandomRegion.Weeks, int.MaxValue).Candidates.Count);
                        Interlocked.Increment(ref promises);
                    }
                }
            },
            iter: Math.Max(3_000, Instances));

        Assert.True(promises > 10, $"{promises} promises say little");
    }

    [Fact]
    public void The_ranking_is_exactly_the_best_that_a_solver_finds_and_the_next_best_after_it()
    {
        var solved = 0;
        for (var seed = 0; solved < Math.Max(500, Instances); seed++)
        {
            var region = new RandomRegion(seed);
            if (new Judge(region).Every.Any())
            {
                var ranked = region.Matcher.Rank(region.Wishes, RandomRegion.Now, RandomRegion.Weeks, 4).ConvertAll(c => c.Score);

                var best = Solve(region, 4);
                Assert.Equal(best.Count, ranked.Count);
                Assert.All(best.Zip(ranked), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-5));
                solved++;
            }
        }
    }

    // One of all that could be, at the lowest cost; each rule is a constraint of the solver. Then the next without that one.
    private static List<double> Solve(RandomRegion region, int atMost)
    {
        var (judge, model, best) = (new Judge(region), new CpModel(), new List<double>());
        var all = judge.Every.Select(what => (What: what, Chosen: model.NewBoolVar(""), Cost: (long)Math.Round(judge.Score(what) * 1_000_000))).ToList();
        model.AddExactlyOne(all.Select(a => a.Chosen));
        foreach (var (what, chosen, _) in all.Where(a => judge.Broken(a.What) is not null))
        {
            model.Add(chosen == 0);
        }

        model.Minimize(LinearExpr.WeightedSum(all.Select(a => a.Chosen), all.Select(a => a.Cost)));
        while (best.Count < atMost)
        {
            var solver = new CpSolver { StringParameters = "num_workers:1 random_seed:1" };
            if (solver.Solve(model) is not CpSolverStatus.Optimal)
            {
                break;
            }

            var taken = all.Single(a => solver.BooleanValue(a.Chosen));
            best.Add(taken.Cost / 1_000_000.0);
            model.Add(taken.Chosen == 0);
        }

        return best;
    }
}

using System.Diagnostics;
using Google.OrTools.Sat;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Benchmarks;

/// <summary>
/// The same list by CP-SAT, knowing nothing of the product's prices. Each referral has the spots that are cheapest for it,
/// or something else that is not listed: that counts for the bound at what it could be worth at best, and for the value at nothing.
/// </summary>
internal static class CpSat
{
    private const int PerReferral = 400, MostChoices = 400_000;

    internal static (string, int, double, double, double)? Plan(Region region, List<Waiting> list, int weeks, TimeSpan limit)
    {
        var began = Stopwatch.GetTimestamp();
        var options = new ListOptions(new Matcher(region, []), list, AmsterdamLikeRegion.Monday, weeks);
        var each = Math.Min(PerReferral, MostChoices / list.Count);
        if (each < 100)
        {
            return null;
        }

        var (model, terms, weights) = (new CpModel(), new List<BoolVar>(), new List<long>());
        var (inCell, real) = (new Dictionary<int, List<BoolVar>>(), new List<(BoolVar Is, float Worth)>());
        for (var who = 0; who < list.Count; who++)
        {
            var (own, group) = (new List<BoolVar>(), options.GroupOf[who]);
            var beyond = options.Beyond[group];
            foreach (var (half, score) in options.Entries[group])
            {
                if (own.Count >= each)
                {
                    beyond = score;
                    break;
                }

                for (var spot = options.First[half]; spot < options.First[half + 1]; spot++)
                {
                    var chosen = model.NewBoolVar("");
                    own.Add(chosen);
                    real.Add((chosen, ListPlan.Worth - score));
                    terms.Add(chosen);
                    weights.Add((long)Math.Ceiling((ListPlan.Worth - score) * 1000.0));
                    foreach (var cell in new[] { options.Needs[spot].One, options.Needs[spot].Other, options.Needs[spot].Place })
                    {
                        (inCell.TryGetValue(cell, out var all) ? all : inCell[cell] = []).Add(chosen);
                    }
                }
            }

            var elsewhere = model.NewBoolVar("");
            terms.Add(elsewhere);
            weights.Add((long)Math.Ceiling((ListPlan.Worth - beyond) * 1000.0));
            model.AddExactlyOne([.. own, elsewhere]);
        }

        foreach (var (cell, all) in inCell)
        {
            model.Add(LinearExpr.Sum(all) <= options.Capacity[cell]);
        }

        model.Maximize(LinearExpr.WeightedSum(terms, weights));
        var solver = new CpSolver { StringParameters = FormattableString.Invariant($"max_time_in_seconds:{limit.TotalSeconds},num_workers:{Environment.ProcessorCount}") };
        var status = solver.Solve(model);
        var isSolved = status is CpSolverStatus.Optimal or CpSolverStatus.Feasible;
        var chosenOnes = isSolved ? real.Where(r => solver.BooleanValue(r.Is)).ToList() : [];
        var bound = isSolved ? solver.BestObjectiveBound / 1000 : double.PositiveInfinity; // there was no time to find any
        return ("CP-SAT", chosenOnes.Count, chosenOnes.Sum(c => (double)c.Worth), bound, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }
}

using System.Diagnostics;
using System.Globalization;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Benchmarks;

/// <summary>
/// The whole waiting list, planned first-come, cheapest first (greedy), by the product and by CP-SAT, on the same made-up
/// regions and with the product's own score. The bound is the tightest there is; regret is what a plan stays below it.
/// </summary>
internal static class MatchingBenchmark
{
    private static readonly (int Referrals, int People, int Weeks, double Seconds)[] Sizes =
        [(20, 20, 8, 1), (200, 100, 8, 1), (2_000, 500, 8, 5), (20_000, 2_000, 8, 30)];

    internal static int Run(bool isQuick)
    {
        var table = new TextTable("referrals", "professionals", "how", "planned", "value", "own bound", "% of best bound", "regret", "seconds", "greedy's regret / its");
        var (ratio, holds) = (0.0, true);
        Planner(AmsterdamLikeRegion.Make(100, 60, 9).Region, 8).Together(AmsterdamLikeRegion.Make(100, 60, 9).List, TimeSpan.FromSeconds(2)); // compiled
        foreach (var (referrals, people, weeks, seconds) in isQuick ? Sizes[..3] : Sizes)
        {
            var (region, list) = AmsterdamLikeRegion.Make(referrals, people, 4);
            var plans = new List<(string How, int Planned, double Value, double Bound, double Seconds)>();
            void Timed(string how, Func<ListPlan> plan)
            {
                var began = Stopwatch.GetTimestamp();
                var made = plan();
                plans.Add((how, made.Planned.Count, made.Value, made.Bound, Stopwatch.GetElapsedTime(began).TotalSeconds));
            }

            Timed("first-come", () => Planner(region, weeks).OneByOne(list));
            Timed("greedy", () => Planner(region, weeks).CheapestFirst(list));
            Timed("product", () => Planner(region, weeks).Together(list, TimeSpan.FromSeconds(seconds)));
            var exact = CpSat.Plan(region, list, weeks, TimeSpan.FromSeconds(isQuick ? 5 : 60));
            if (exact is { } solved)
            {
                plans.Add(solved);
            }

            var bound = plans.Min(p => p.Bound);
            var greedy = bound - plans[1].Value;
            foreach (var plan in plans)
            {
                var regret = bound - plan.Value;
                table.Add(
                    referrals, people, plan.How, plan.Planned, plan.Value, double.IsFinite(plan.Bound) ? plan.Bound : "-", 100 * plan.Value / bound, regret, plan.Seconds, greedy / Math.Max(regret, 1e-3));
            }

            if (exact is null)
            {
                table.Add(referrals, people, "CP-SAT", "-", "-", "-", "-", "-", "-", "the model does not fit");
            }

            var product = plans[2];
            var times = greedy / Math.Max(bound - product.Value, 1e-3);
            holds &= product.Seconds <= seconds && referrals switch { 200 => times >= 20, 2_000 => times >= 8, 20_000 => product.Value >= 0.99 * bound, _ => true };
            ratio = referrals == 200 ? times : ratio;
        }

        table.Print();
        Console.WriteLine($"at least 20 at (200,100) in 1 s, 8 at (2000,500) in 5 s, 99 % of the bound at (20000,2000) in 30 s: {(holds ? "held" : "NOT held")}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio matching {ratio:0.0}"));
        return holds ? 0 : 1;
    }

    private static ListPlanner Planner(Region region, int weeks) => new(new Matcher(region, []), AmsterdamLikeRegion.Monday, weeks);
}

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

    private static readonly int[] Seeds = [4, 5, 6];

    internal static int Run(bool isQuick)
    {
        var table = new TextTable("referrals", "professionals", "region", "how", "planned", "value", "own bound", "% of best bound", "regret", "seconds", "greedy's regret / its");
        var (ratio, missed) = (0.0, new List<string>());
        Planner(AmsterdamLikeRegion.Make(100, 60, 9).Region, 8).Together(AmsterdamLikeRegion.Make(100, 60, 9).List, TimeSpan.FromSeconds(2)); // compiled
        foreach (var size in isQuick ? Sizes[..3] : Sizes)
        {
            // Several regions, so that the figure is not that of a lucky one; the largest takes too long for that.
            var seen = (size.Referrals > 10_000 ? Seeds[..1] : Seeds).Select(seed => One(size, seed, isQuick, table)).ToList();
            var (times, share) = (IntakeBenchmark.Median(seen, s => s.Times), IntakeBenchmark.Median(seen, s => s.Share));
            ratio = size.Referrals == 200 ? times : ratio;
            var (holds, what) = size.Referrals switch
            {
                200 => (times >= 20, Said($"{times:0.0} times at (200,100), at least 20")),
                2_000 => (times >= 8, Said($"{times:0.0} times at (2000,500), at least 8")),
                20_000 => (share >= 0.99, Said($"{share:0.0000} of the bound at (20000,2000), at least 0.99")),
                _ => (true, ""),
            };
            missed.AddRange(holds ? [] : [what]);
            missed.AddRange(seen.TrueForAll(s => s.Seconds <= size.Seconds) ? [] : [$"more than {size.Seconds} s at {size.Referrals}"]);
        }

        table.Print();
        Console.WriteLine(missed.Count == 0 ? "every floor that was measured held (medians over the regions)" : $"NOT held: {string.Join("; ", missed)}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio matching {ratio:0.0}"));
        return missed.Count == 0 ? 0 : 1;
    }

    private static (double Times, double Share, double Seconds) One((int Referrals, int People, int Weeks, double Seconds) size, int seed, bool isQuick, TextTable table)
    {
        var (region, list) = AmsterdamLikeRegion.Make(size.Referrals, size.People, seed);
        var plans = new List<(string How, int Planned, double Value, double Bound, double Seconds)>();
        void Timed(string how, Func<ListPlan> plan)
        {
            var began = Stopwatch.GetTimestamp();
            var made = plan();
            plans.Add((how, made.Planned.Count, made.Value, made.Bound, Stopwatch.GetElapsedTime(began).TotalSeconds));
        }

        Timed("first-come", () => Planner(region, size.Weeks).OneByOne(list));
        Timed("greedy", () => Planner(region, size.Weeks).CheapestFirst(list));
        Timed("product", () => Planner(region, size.Weeks).Together(list, TimeSpan.FromSeconds(size.Seconds)));
        if (seed == Seeds[0])
        {
            if (CpSat.Plan(region, list, size.Weeks, TimeSpan.FromSeconds(isQuick ? 5 : 60)) is { } solved)
            {
                plans.Add(solved);
            }
            else
            {
                table.Add(size.Referrals, size.People, seed, "CP-SAT", "-", "-", "-", "-", "-", "-", "the model does not fit");
            }
        }

        var bound = plans.Min(p => p.Bound);
        var (greedy, product) = (bound - plans[1].Value, plans[2]);
        foreach (var plan in plans)
        {
            var regret = bound - plan.Value;
            table.Add(
                size.Referrals, size.People, seed, plan.How, plan.Planned, plan.Value, double.IsFinite(plan.Bound) ? plan.Bound : "-",
                100 * plan.Value / bound, regret, plan.Seconds, greedy / Math.Max(regret, 1e-3));
        }

        return (greedy / Math.Max(bound - product.Value, 1e-3), product.Value / bound, product.Seconds);
    }

    private static string Said(FormattableString text) => FormattableString.Invariant(text);

    private static ListPlanner Planner(Region region, int weeks) => new(new Matcher(region, []), AmsterdamLikeRegion.Monday, weeks);
}

using System.Globalization;
using VGIntegration.Surroundings;

namespace VGIntegration.Benchmarks;

/// <summary>
/// Where the time of a referral goes: milliseconds of CPU per accepted post, by process, for (c) and for (d) at 16 clients on
/// PostgreSQL, in rounds that alternate. Unlike posts per second it hardly changes when something else is at work here.
/// </summary>
internal static class IntakeCost
{
    private const int Rounds = 12;
    private const int Warming = 60_000; // posts, until the code is compiled to its best
    private const int Clients = 16;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);
    private static readonly string[] Names = ["client", "service", "its compiler", "PostgreSQL", "RabbitMQ"];

    /// <param name="builds">Other builds of intake (the path of VGIntegration.ReferralIntake.dll) to measure beside this one.</param>
    internal static async Task<int> Run(IEnumerable<string> builds)
    {
        var (message, logs) = (await IntakeBenchmark.Message(), Repository.Results("benchmark"));
        using var floor = await ServiceProcess.Start(Repository.Dll("tests/benchmarks"), logs, ["floor", "PostgreSql", await IntakeBenchmark.Database("PostgreSql")]);
        var kinds = new List<(string Name, Cost Cost, Func<Task<Measured>> Round)>
        {
            ("(c) group commit", new(floor.Id), () => Load.For(Time, new Uri(floor.Address, "/commit"), Clients, message)),
        };
        await Load.Count(Warming / 2, new Uri(floor.Address, "/commit"), Clients, message);
        var intakes = new List<RunningIntake>();
        foreach (var build in builds.Prepend(null))
        {
            var intake = await RunningIntake.Start(logs, "PostgreSql", await IntakeBenchmark.Database("PostgreSql"), build);
            intakes.Add(intake);
            kinds.Add(($"(d) intake {build}", new(intake.Id), () => intake.Load(Time, Clients, message)));
            for (var warm = 0; warm < Warming; warm += 4_000)
            {
                await UntilItStands(async () => await Load.Count(4_000, intake.Fhir, Clients, message, await intake.Token()));
            }

            await intake.OutboxIsEmpty();
        }

        for (var round = 0; round < Rounds; round++)
        {
            for (var turn = 0; turn < kinds.Count; turn++)
            {
                var (_, cost, work) = kinds[(turn + round) % kinds.Count]; // whoever comes first, pays for nobody each time
                await UntilItStands(() => cost.Add(work));
            }
        }

        var table = new TextTable(["CPU ms per post", "", "", .. Names, "in all", "per second", "after ms", "to (c)"]);
        kinds.ForEach(kind => table.Add([kind.Name, "", "", .. kind.Cost.Medians(), Ratio(kind.Cost)]));
        table.Print();
        var load = (await File.ReadAllTextAsync("/proc/loadavg"))[..14];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"load average {load}; (d) / (c) {Ratio(kinds[1].Cost):0.000}"));
        intakes.ForEach(intake => intake.Dispose());
        return 0;

        double Ratio(Cost cost) => IntakeBenchmark.Median(cost.PerSecond.Zip(kinds[0].Cost.PerSecond, (one, floor) => one / floor), r => r);
    }

    // A machine that is busy with something else may stand still so long that a post is answered 503: that round is done again.
    private static async Task UntilItStands(Func<Task> round)
    {
        for (var again = 0; ; again++)
        {
            try
            {
                await round();
                return;
            }
            catch (InvalidOperationException) when (again < 20)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            }
        }
    }

    /// <summary>What each round of one kind took of each process.</summary>
    private sealed class Cost(int service)
    {
        private readonly List<double[]> _perPost = [];

        private readonly List<double> _after = [];

        internal List<double> PerSecond { get; } = [];

        internal async Task Add(Func<Task<Measured>> round)
        {
            var before = Spent();
            var seen = await round();
            _perPost.Add([.. Spent().Zip(before, (after, earlier) => (after - earlier) / seen.Times.Count)]);
            PerSecond.Add(seen.PerSecond);
            _after.Add(seen.Aftermath.TotalMilliseconds);
        }

        internal IEnumerable<object> Medians() =>
            [.. Names.Select((_, i) => IntakeBenchmark.Median(_perPost, p => p[i])).Cast<object>(), IntakeBenchmark.Median(_perPost, p => p.Sum()), IntakeBenchmark.Median(PerSecond, p => p), IntakeBenchmark.Median(_after, a => a)];

        private double[] Spent()
        {
            var all = Directory.EnumerateDirectories("/proc").Where(f => int.TryParse(Path.GetFileName(f), out _)).Select(Read).OfType<Stat>().ToDictionary(s => s.Id);
            double Of(Func<Stat, bool> which) => all.Values.Where(which).Sum(s => s.Milliseconds);
            bool IsOurs(Stat s) => s.Id == Environment.ProcessId || (all.TryGetValue(s.Parent, out var parent) && IsOurs(parent));
            var compiler = Directory.EnumerateDirectories($"/proc/{service}/task").Select(Read).OfType<Stat>().Where(s => s.Name == ".NET Tiered Com").Sum(s => s.Milliseconds);
            return [Of(s => s.Id == Environment.ProcessId), Of(s => s.Id == service) - compiler, compiler, Of(s => s.Name == "postgres" && IsOurs(s)), Of(s => s.Name == "beam.smp" && IsOurs(s))];
        }

        // proc(5): utime and stime are fields 14 and 15, in hundredths of a second; of children that ended, 16 and 17.
        private static Stat? Read(string folder)
        {
            try
            {
                var text = File.ReadAllText($"{folder}/stat");
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                return new Stat(
                    int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture),
                    text[(text.IndexOf('(') + 1)..text.LastIndexOf(')')], fields[11..15].Sum(f => double.Parse(f, CultureInfo.InvariantCulture)) * 10);
            }
            catch (IOException)
            {
                return null; // it ended meanwhile
            }
        }
    }

    private sealed record Stat(int Id, int Parent, string Name, double Milliseconds);
}

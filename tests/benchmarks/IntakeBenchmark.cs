using System.Globalization;
using VGIntegration.Surroundings;

namespace VGIntegration.Benchmarks;

/// <summary>
/// Accepted referrals per second, and how long each waits, beside what the machine can do at best: (a) read, (b) parse,
/// (c) one durable group commit, (d) the real intake. What (d) promised to send counts too: its time ends when the outbox is
/// empty.
/// </summary>
internal static class IntakeBenchmark
{
    private static readonly string[] Providers = ["PostgreSql", "Sqlite"];
    private static readonly int[] Clients = [1, 16, 64];

    internal static async Task<int> Run(bool isQuick)
    {
        var (rounds, time) = isQuick ? (3, TimeSpan.FromSeconds(0.4)) : (5, TimeSpan.FromSeconds(3));
        var message = await Message();
        var table = new TextTable("database", "clients", "what", "per second", "p50 ms", "p99 ms");
        var ratios = new List<double>();
        foreach (var provider in Providers)
        {
            var logs = Repository.Results("benchmark");
            using var floor = await ServiceProcess.Start(Repository.Dll("tests/benchmarks"), logs, ["floor", provider, await Database(provider)]);
            using var intake = await RunningIntake.Start(logs, provider, await Database(provider));
            var kinds = new (string Name, Func<TimeSpan, int, Task<Measured>> Round)[]
            {
                ("(a) read", (t, n) => Load.For(t, new Uri(floor.Address, "/read"), n, message)),
                ("(b) parse", (t, n) => Load.For(t, new Uri(floor.Address, "/parse"), n, message)),
                ("(c) group commit", (t, n) => Load.For(t, new Uri(floor.Address, "/commit"), n, message)),
                ("(d) intake", (t, n) => intake.Load(t, n, message)),
            };
            foreach (var kind in kinds)
            {
                await kind.Round(Warming(kind.Name, isQuick), 16);
            }

            foreach (var clients in Clients)
            {
                var seen = kinds.Select(_ => new List<Measured>()).ToArray();
                for (var round = 0; round < rounds; round++)
                {
                    for (var kind = 0; kind < kinds.Length; kind++)
                    {
                        seen[kind].Add(await kinds[kind].Round(time, clients));
                    }
                }

                for (var kind = 0; kind < kinds.Length; kind++)
                {
                    table.Add(provider, clients, kinds[kind].Name, Median(seen[kind], m => m.PerSecond),
                        Median(seen[kind], m => m.Percentile(0.5)), Median(seen[kind], m => m.Percentile(0.99)));
                }

                if ((provider, clients) is ("PostgreSql", 16))
                {
                    ratios.AddRange(seen[3].Zip(seen[2], (d, c) => d.PerSecond / c.PerSecond));
                }
            }
        }

        table.Print();
        if (!isQuick)
        {
            await IntakeAtLength.Run();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio intake {Median(ratios, r => r):0.000}"));
        return 0;
    }

    // The whole of intake is compiled to its best after some 50,000 posts (JitInfo: 400 ms of each second at first, next to none after half a minute).
    private static TimeSpan Warming(string name, bool isQuick) =>
        TimeSpan.FromSeconds((name, isQuick) switch { ("(d) intake", true) => 6, ("(d) intake", false) => 30, (_, true) => 1, _ => 5 });

    internal static Task<string> Message() => File.ReadAllTextAsync(Path.Combine(Repository.Root, "contracts/fhir/examples/transaction-bundle.json"));

    internal static async Task<string> Database(string provider) => provider == "PostgreSql"
        ? await (await PostgreSqlServer.Shared).CreateDatabase()
        : $"Data Source={Path.Combine(Sandbox.Folder("database"), "benchmark.db")}";

    internal static double Median<T>(IEnumerable<T> values, Func<T, double> of)
    {
        var sorted = values.Select(of).Order().ToList();
        return sorted[sorted.Count / 2];
    }
}

/// <summary>A table whose columns are as wide as they must be; numbers to the right.</summary>
internal sealed class TextTable(params string[] head)
{
    private readonly List<string[]> _rows = [];

    internal void Add(params object[] cells) => _rows.Add([.. cells.Select(c => c switch
    {
        double and >= 100 => string.Create(CultureInfo.InvariantCulture, $"{c:0}"),
        double => string.Create(CultureInfo.InvariantCulture, $"{c:0.00}"),
        _ => $"{c}",
    })]);

    internal void Print()
    {
        var widths = head.Select((h, i) => _rows.Append(head).Max(r => r[i].Length)).ToArray();
        foreach (var row in _rows.Prepend(head))
        {
            Console.WriteLine(string.Join("  ", row.Select((cell, i) => i < 3 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))));
        }
    }
}

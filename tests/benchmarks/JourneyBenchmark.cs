using System.Diagnostics;
using System.Net;
using System.Text;
using VGIntegration.Surroundings;

namespace VGIntegration.Benchmarks;

/// <summary>
/// How long a referral is under way: from POST to the answer, to planning's own commit, and to the letter at the practice
/// with a planner and professionals who act at once; beside the floor of the same run.
/// </summary>
internal static class JourneyBenchmark
{
    private static readonly TestPerson Person = new("Bente", "Meetpersoon", "999990019", "0612345678");
    private static readonly List<string[]> Table = [];

    /// <summary>One practice sends here what a region's practices send together.</summary>
    internal static readonly Dictionary<string, string?> NoLimits = new() { ["Limiting__PerSecond"] = "0" };

    internal static async Task<int> Run(bool isQuick)
    {
        var (runs, requests, letters) = isQuick ? (3, 100, 4) : (5, 400, 32);
        var (folder, logs) = (Sandbox.Folder("benchmark"), Repository.Results("benchmark"));
        var registry = LargeRegion.Write(folder, 150);
        var postgres = await PostgreSqlServer.Shared;
        await using var practice = await PracticeStub.Start();

        var ratios = new List<double>();
        using var floor = await ServiceProcess.Start(Repository.Dll("tests/benchmarks"), logs, ["floor", "PostgreSql", await postgres.CreateDatabase()]);
        await using (var region = await RunningRegion.OnRabbitMq(
            logs, postgres, await (await RabbitMqServer.Shared).CreateVirtualHost(), practice.FhirBase, registry, NoLimits))
        await using (var watch = await Watch.OnPostgreSql(region.Databases["planning"]))
        {
            await Measure("RabbitMQ + PostgreSQL", region, region.Processes["referral-intake"].Address, watch, practice, floor.Address, runs, requests, letters, ratios);
        }

        await using (var region = await RunningRegion.InOneProcess(logs, practice.FhirBase, registry, NoLimits))
        await using (var watch = Watch.OnSqlite(region.Databases["planning"]))
        {
            await Measure("embedded + SQLite", region, region.Address, watch, practice, floor.Address, runs, requests, letters, []);
        }

        Print();
        Console.WriteLine(FormattableString.Invariant($"ratio journey {Median(ratios):0.000}"));
        return 0;
    }

    private static async Task Measure(
        string transport, RunningRegion region, Uri intake, Watch watch, PracticeStub practice, Uri floor,
        int runs, int requests, int letters, List<double> ratios)
    {
        using var gp = new ReferringGp(region.Address);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });
        await gp.Refer($"warm-{transport}", Person);
        foreach (var clients in new[] { 1, 16 })
        {
            var (floors, answers, plans) = (new List<double>(), new List<double>(), new List<double>());
            await Round(clients, requests / 4, () => ToFloor(http, floor)); // warm
            await Round(clients, requests / 4, () => ToPlanning(gp, http, intake, watch, []));
            for (var run = 0; run < runs; run++)
            {
                var (floorRun, planRun) = (new List<double>(), new List<double>());
                floorRun.AddRange(await Round(clients, requests, () => ToFloor(http, floor)));
                planRun.AddRange(await Round(clients, requests, () => ToPlanning(gp, http, intake, watch, answers)));
                floors.AddRange(floorRun);
                plans.AddRange(planRun);
                if (clients == 1)
                {
                    ratios.Add(Percentile(floorRun, 0.5) / Percentile(planRun, 0.5));
                }
            }

            Row(transport, clients, "floor: HTTP + parse + one commit", floors);
            Row(transport, clients, "POST to answer", answers);
            Row(transport, clients, "POST to planning's commit", plans);
            using var people = new People(region.Address, TimeSpan.FromMinutes(2));
            Row(transport, clients, "POST to letter received", await Round(clients, letters, () => ToLetter(gp, people, practice)));
        }
    }

    private static async Task<List<double>> Round(int clients, int requests, Func<Task<double>> one)
    {
        var left = requests;
        var times = await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            var mine = new List<double>();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                mine.Add(await one());
            }

            return mine;
        }));
        return [.. times.SelectMany(t => t)];
    }

    private static async Task<double> ToFloor(HttpClient http, Uri floor)
    {
        var body = Body();
        var start = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsync(floor, new StringContent(body, Encoding.UTF8, "application/fhir+json"));
        return answer.StatusCode is HttpStatusCode.Created ? Elapsed(start) : throw new InvalidOperationException("The floor gave way.");
    }

    internal static async Task<double> ToPlanning(ReferringGp gp, HttpClient http, Uri intake, Watch watch, List<double> answers)
    {
        var (body, token) = (Body(), await gp.Token());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(intake, "/fhir"));
        request.Content = new StringContent(body, Encoding.UTF8, "application/fhir+json");
        request.Headers.Authorization = new("Bearer", token);
        var start = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request);
        var answered = Elapsed(start);
        lock (answers)
        {
            answers.Add(answered);
        }

        if (answer.StatusCode is HttpStatusCode.Unauthorized)
        {
            gp.ForgetToken();
            return await ToPlanning(gp, http, intake, watch, answers);
        }

        var committed = await watch.Committed(Guid.Parse(answer.Headers.Location!.Segments[^1]));
        return (committed - start) * 1000.0 / Stopwatch.Frequency;
    }

    private static async Task<double> ToLetter(ReferringGp gp, People people, PracticeStub practice)
    {
        var number = Guid.NewGuid().ToString("N");
        var start = Stopwatch.GetTimestamp();
        var referral = await gp.Refer(number, Person);
        await people.Book(referral);
        await people.Hold(referral);
        await people.Advise(referral, "Eerst de schulden, dan de slaap.");
        await Eventually.Is(
            () => practice.Letters.Any(l => l.Json.ToJsonString().Contains(number, StringComparison.Ordinal)), TimeSpan.FromMinutes(2));
        return Elapsed(start);
    }

    private static string Body() => ReferringGp.Bundle(Guid.NewGuid().ToString("N"), Person).ToJsonString();

    private static double Elapsed(long start) => Stopwatch.GetElapsedTime(start).TotalMilliseconds;

    private static double Percentile(IEnumerable<double> times, double part)
    {
        var sorted = times.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(part * sorted.Count) - 1)];
    }

    private static double Median(IEnumerable<double> values) => Percentile(values, 0.5);

    private static void Row(string transport, int clients, string what, List<double> times) => Table.Add(
    [
        transport, $"{clients}", what, $"{times.Count}",
        FormattableString.Invariant($"{Percentile(times, 0.5):0.0}"), FormattableString.Invariant($"{Percentile(times, 0.99):0.0}"),
    ]);

    private static void Print()
    {
        string[] head = ["transport", "clients", "what", "n", "p50 ms", "p99 ms"];
        var widths = head.Select((h, i) => Table.Append(head).Max(r => r[i].Length)).ToArray();
        foreach (var row in Table.Prepend(head))
        {
            Console.WriteLine(string.Join("  ", row.Select((cell, i) => i < 3 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))));
        }
    }
}

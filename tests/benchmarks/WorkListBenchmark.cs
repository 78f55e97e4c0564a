using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using VGIntegration.Surroundings;

namespace VGIntegration.Benchmarks;

/// <summary>The work list with 200 open referrals and with 20,000, in paired runs of the same moment: the first page, a filter, a search, and deep in the list.</summary>
internal static class WorkListBenchmark
{
    private const int Few = 200;
    private const int Many = 20_000;

    private static readonly (string What, Func<int, string> Path)[] Pages =
    [
        ("first page", _ => "/planning"),
        ("in the middle", open => $"/planning?p={open / 100}"),
        ("filter: to call", _ => "/planning?show=call"),
        ("search: postcode", _ => "/planning?q=1182"),
    ];

    internal static async Task<int> Run(bool isQuick)
    {
        var (runs, requests) = isQuick ? (3, 20) : (7, 60);
        var logs = Repository.Results("benchmark");
        await using var few = await RunningRegion.InOneProcess(logs, environment: JourneyBenchmark.NoLimits);
        await using var many = await RunningRegion.InOneProcess(logs, environment: JourneyBenchmark.NoLimits);
        await Fill(few.Databases["planning"], Few);
        await Fill(many.Databases["planning"], Many);
        using var toFew = new PageClient(few.Address);
        using var toMany = new PageClient(many.Address);
        await toFew.LogIn("/planning", "planner");
        await toMany.LogIn("/planning", "planner");

        foreach (var (_, path) in Pages) // compiled, for all pages alike
        {
            await Median(toFew, path(Few), requests * 3);
            await Median(toMany, path(Many), requests * 3);
        }

        var ratios = new Dictionary<string, double>();
        Console.WriteLine($"{"",-20} {Few,10} open {Many,10} open      ratio (median milliseconds of {runs} paired runs)");
        foreach (var (what, path) in Pages)
        {
            var pairs = new List<(double Few, double Many)>();
            for (var run = 0; run < runs; run++)
            {
                pairs.Add((await Median(toFew, path(Few), requests), await Median(toMany, path(Many), requests)));
            }

            ratios[what] = Middle(pairs.Select(p => p.Few / p.Many));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-20} {Middle(pairs.Select(p => p.Few)),15:0.00} {Middle(pairs.Select(p => p.Many)),15:0.00} {ratios[what],10:0.000}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio worklist {ratios.Values.Min():0.000} (the lowest of the four)"));
        return ratios.Values.Min() >= 0.8 ? 0 : 1;
    }

    private static async Task<double> Median(PageClient planner, string path, int requests)
    {
        var times = new List<double>();
        for (var i = 0; i < requests; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var page = await planner.Open(path);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (page.Status is not System.Net.HttpStatusCode.OK || !page.Text.Contains("VG-", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"{path} shows no referral ({(int)page.Status}).");
            }
        }

        return Middle(times);
    }

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    // As planning would have stored them itself, received over the last ninety days. Two are urgent in both, so that the pages
    // are as long: a warning of a crisis takes longer to write than a line without.
    private static async Task Fill(string connectionString, int open)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < open; i++)
        {
            var (id, at) = (Guid.NewGuid(), now.AddMinutes(-90.0 * 24 * 60 * i / open).UtcTicks);
            await using var insert = connection.CreateCommand();
            insert.CommandText = """
                INSERT INTO Journeys (ReferralId, Code, Stage, IsOpen, ReceivedAt, IsUrgent, PostcodeDigits, Criteria, Binding, FactsSequence, Told, Revision, CallsInVain, IsSpoken, NoShows, ChangedAt)
                VALUES ($id, $code, $stage, 1, $at, $urgent, $postcode, 'twijfel', $binding, 1, 2, 2, 0, 0, 0, $at);
                INSERT INTO JourneySteps (ReferralId, Number, Step, OccurredAt) VALUES ($id, 1, 'AssignmentProposed', $at);
                """;
            insert.Parameters.AddWithValue("$id", id.ToString().ToUpperInvariant());
            insert.Parameters.AddWithValue("$code", People.Code(id));
            insert.Parameters.AddWithValue("$stage", i % 3 == 0 ? "AwaitingMatch" : "AwaitingSchedule");
            insert.Parameters.AddWithValue("$at", at);
            insert.Parameters.AddWithValue("$urgent", i % (open / 2) == 0 ? 1 : 0);
            insert.Parameters.AddWithValue("$postcode", i % 4 == 0 ? "1182" : "1185");
            insert.Parameters.AddWithValue("$binding", i % 3 == 0 ? "AllMomentsTaken" : DBNull.Value);
            await insert.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }
}

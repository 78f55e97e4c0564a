using VGIntegration.Surroundings;

namespace VGIntegration.Benchmarks;

/// <summary>What takes minutes: a million referrals stored, a hundred thousand posts, and the way to planning.</summary>
internal static class IntakeAtLength
{
    internal static async Task<int> Run()
    {
        var message = await IntakeBenchmark.Message();
        await ToPlanning.Run(message);
        await FullTable.Run(message);
        await FlatMemory.Run(message);
        return 0;
    }
}

/// <summary>The empty system and one with a million referrals, side by side.</summary>
internal static class FullTable
{
    private const int Rows = 1_000_000;

    internal static async Task Run(string message)
    {
        var logs = Repository.Results("benchmark");
        using var empty = await RunningIntake.Start(logs, "PostgreSql", await IntakeBenchmark.Database("PostgreSql"));
        using var full = await RunningIntake.Start(logs, "PostgreSql", await IntakeBenchmark.Database("PostgreSql"));
        foreach (var intake in new[] { empty, full })
        {
            await intake.Load(TimeSpan.FromSeconds(3), 16, message); // warm, and the first rows to copy
        }

        await Fill(full);
        var (few, many) = (new List<Measured>(), new List<Measured>());
        for (var round = 0; round < 7; round++)
        {
            few.Add(await empty.Load(TimeSpan.FromSeconds(3), 16, message));
            many.Add(await full.Load(TimeSpan.FromSeconds(3), 16, message));
        }

        var ratio = IntakeBenchmark.Median(many.Zip(few, (m, f) => m.PerSecond / f.PerSecond), r => r);
        Console.WriteLine(FormattableString.Invariant($"with {await full.Scalar("""SELECT COUNT(*) FROM "Referrals" """)} referrals stored: {ratio:0.00} of the empty system (at least 0.9)"));
    }

    // Each table once more from one stored referral, by the database itself, whatever its columns are.
    private static async Task Fill(RunningIntake intake)
    {
        await intake.Scalar($"CREATE TABLE ids AS SELECT gen_random_uuid() AS referral, gen_random_uuid() AS task, i FROM generate_series(1, {Rows}) i");
        foreach (var (table, changes) in new[]
        {
            ("Referrals", "'Id', ids.referral, 'SourceValue', 'seed-' || ids.i"),
            ("Tasks", "'Id', ids.task, 'ReferralId', ids.referral"),
            ("Audit", "'Id', gen_random_uuid(), 'What', 'Referral/' || ids.referral"),
            ("SeenRequests", "'RequestId', ids.referral, 'ReferralId', ids.referral"),
        })
        {
            await intake.Scalar($"""
                INSERT INTO "{table}" SELECT copy.* FROM (SELECT to_jsonb(t) AS row FROM "{table}" t LIMIT 1) one, ids,
                    LATERAL jsonb_populate_record(NULL::"{table}", one.row || jsonb_build_object({changes})) copy
                """);
        }

        await intake.Scalar("VACUUM ANALYZE");
        await intake.Scalar("CHECKPOINT");
    }
}

/// <summary>A hundred thousand referrals through one process: does it grow?</summary>
internal static class FlatMemory
{
    internal static async Task Run(string message)
    {
        using var intake = await RunningIntake.Start(Repository.Results("benchmark"), "PostgreSql", await IntakeBenchmark.Database("PostgreSql"));
        var megabytes = new List<int>();
        for (var tenThousand = 0; tenThousand < 10; tenThousand++)
        {
            await Load.Count(10_000, intake.Fhir, 16, message, await intake.Token());
            megabytes.Add(intake.Megabytes);
        }

        Console.WriteLine($"memory after each 10,000 of 100,000 posts: {string.Join(' ', megabytes)} MB");
    }
}

/// <summary>From POST to planning's own commit, on RabbitMQ and PostgreSQL, one client; in rounds that alternate with (c).</summary>
internal static class ToPlanning
{
    internal static async Task Run(string message)
    {
        var (logs, postgres) = (Repository.Results("benchmark"), await PostgreSqlServer.Shared);
        await using var practice = await PracticeStub.Start();
        using var floor = await ServiceProcess.Start(Repository.Dll("tests/benchmarks"), logs, ["floor", "PostgreSql", await postgres.CreateDatabase()]);
        await using var region = await RunningRegion.OnRabbitMq(
            logs, postgres, await (await RabbitMqServer.Shared).CreateVirtualHost(), practice.FhirBase,
            LargeRegion.Write(Sandbox.Folder("region"), 150), JourneyBenchmark.NoLimits);
        await using var watch = await Watch.OnPostgreSql(region.Databases["planning"]);
        using var gp = new ReferringGp(region.Address);
        using var http = new HttpClient();
        var (commits, plans) = (new List<double>(), new List<double>());
        for (var warm = 0; warm < 1_500; warm++)
        {
            await JourneyBenchmark.ToPlanning(gp, http, region.Processes["referral-intake"].Address, watch, []);
        }

        await Load.Count(3_000, new Uri(floor.Address, "/commit"), 1, message);
        for (var round = 0; round < 200; round++)
        {
            // One at a time, each once what the one before set going (the state told to the practice) has come to rest.
            await Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System);
            commits.AddRange((await Load.Count(1, new Uri(floor.Address, "/commit"), 1, message)).Times);
            await Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System);
            plans.Add(await JourneyBenchmark.ToPlanning(gp, http, region.Processes["referral-intake"].Address, watch, []));
        }

        var (c, p) = (new Measured(commits, default).Percentile(0.5), new Measured(plans, default).Percentile(0.5));
        Console.WriteLine(FormattableString.Invariant(
            $"POST to planning's commit, 1 client: p50 {p:0.00} ms, (c) {c:0.00} ms: {p / c:0.0} times (at most 6)"));
    }
}

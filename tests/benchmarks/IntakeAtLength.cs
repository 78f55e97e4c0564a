using VGIntegration.Surroundings;

namespace VGIntegration.Benchmarks;

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
        await intake.Scalar($"""
            CREATE TEMP TABLE one AS SELECT * FROM "Referrals" LIMIT 1;
            CREATE TEMP TABLE ids AS SELECT gen_random_uuid() AS referral, gen_random_uuid() AS task, i FROM generate_series(1, {Rows}) i;
            INSERT INTO "Referrals" SELECT (jsonb_populate_record(one, jsonb_build_object('Id', ids.referral, 'SourceValue', 'seed-' || ids.i))).* FROM one, ids;
            INSERT INTO "Tasks" SELECT (jsonb_populate_record(t, jsonb_build_object('Id', ids.task, 'ReferralId', ids.referral))).*
                FROM (SELECT * FROM "Tasks" LIMIT 1) t, ids;
            INSERT INTO "Audit" SELECT (jsonb_populate_record(a, jsonb_build_object('Id', gen_random_uuid(), 'What', 'Referral/' || ids.referral))).*
                FROM (SELECT * FROM "Audit" LIMIT 1) a, ids;
            INSERT INTO "SeenRequests" SELECT (jsonb_populate_record(s, jsonb_build_object('RequestId', ids.referral, 'ReferralId', ids.referral))).*
                FROM (SELECT * FROM "SeenRequests" LIMIT 1) s, ids;
            """);
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

/// <summary>From POST to planning's own commit, on RabbitMQ and PostgreSQL, one client.</summary>
internal static class ToPlanning
{
    internal static async Task Run(double commit)
    {
        await using var practice = await PracticeStub.Start();
        var registry = LargeRegion.Write(Sandbox.Folder("region"), 150);
        await using var region = await RunningRegion.OnRabbitMq(
            Repository.Results("benchmark"), await PostgreSqlServer.Shared, await (await RabbitMqServer.Shared).CreateVirtualHost(),
            practice.FhirBase, registry, JourneyBenchmark.NoLimits);
        await using var watch = await Watch.OnPostgreSql(region.Databases["planning"]);
        using var gp = new ReferringGp(region.Address);
        using var http = new HttpClient();
        var (times, intake) = (new List<double>(), region.Processes["referral-intake"].Address);
        for (var i = 0; i < 700; i++)
        {
            var time = await JourneyBenchmark.ToPlanning(gp, http, intake, watch, []);
            if (i >= 200)
            {
                times.Add(time);
            }
        }

        var p50 = new Measured(times, TimeSpan.Zero).Percentile(0.5);
        Console.WriteLine(FormattableString.Invariant(
            $"POST to planning's commit, 1 client: p50 {p50:0.00} ms = {p50 / commit:0.0} times the p50 of (c) (at most 6)"));
    }
}

using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Receiving;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Searching;

/// <summary>
/// Searches among many rows of one practice on PostgreSQL. VG_SEARCH_ROWS=1000000 runs it in full; the median of each
/// search is printed.
/// </summary>
public sealed class LargeSearchTests
{
    private static readonly string[] Searches =
    [
        "ServiceRequest", "ServiceRequest?identifier=http://his.example/verwijzing|L0", "ServiceRequest?status=active&_count=20", "ServiceRequest?status=revoked",
        "ServiceRequest?_lastUpdated=ge2026-11-23&_sort=_lastUpdated", "ServiceRequest?_sort=_id", "Task?status=requested&_sort=-_lastUpdated", "Task?_include=Task:focus&_count=20",
    ];

    [Fact]
    public async Task A_page_comes_soon_however_much_is_stored()
    {
        var rows = int.TryParse(Environment.GetEnvironmentVariable("VG_SEARCH_ROWS"), out var asked) ? asked : 20_000;
        var database = await (await PostgreSqlServer.Shared).CreateDatabase();
        var intake = new IntakeHost { Settings = ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={database}"] };
        await intake.InitializeAsync();
        using var gp = intake.GpSystem();
        gp.Timeout = TimeSpan.FromMinutes(2);
        await gp.PostFhir("/fhir", ReferralMessage.Bundle("L0"));
        await intake.InDatabase(db => Fill(db, rows));

        var medians = new Dictionary<string, TimeSpan>();
        foreach (var search in Searches.Append("the tenth page"))
        {
            var first = search == "the tenth page" ? await Walk(gp, 9) : search;
            var times = new List<TimeSpan>();
            for (var i = 0; i < 7; i++)
            {
                var clock = Stopwatch.StartNew();
                await SearchTests.Search(gp, first);
                times.Add(clock.Elapsed);
            }

            medians[search] = times.Order().ElementAt(3);
            TestContext.Current.TestOutputHelper!.WriteLine($"{medians[search].TotalMilliseconds,8:0.0} ms  {search}");
        }

        Assert.All(medians, m => Assert.True(m.Value < TimeSpan.FromSeconds(1), $"{m.Key}: {m.Value}"));
        await intake.DisposeAsync();
    }

    private static async Task<string> Walk(HttpClient gp, int pages)
    {
        var next = "ServiceRequest?_count=50";
        for (var i = 0; i < pages; i++)
        {
            next = SearchTests.Link(await SearchTests.Search(gp, next), "next")!;
        }

        return next;
    }

    // Copies of one referral and its Task, a second apart.
    private static async Task<int> Fill(IntakeDbContext db, int rows)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await Copy(db, typeof(Referral), "generate_series(1, {0}) AS i", rows, new()
        {
            ["Id"] = "gen_random_uuid()",
            ["SourceValue"] = "'L' || i",
            ["ReceivedAt"] = "\"ReceivedAt\" - i * interval '1 second'",
            ["UpdatedAt"] = "\"UpdatedAt\" - i * interval '1 second'",
        });
        await Copy(db, typeof(ReferralTask), "(SELECT \"Id\" AS r, \"ReceivedAt\" AS at FROM \"Referrals\" WHERE \"SourceValue\" <> 'L0') AS i", rows, new()
        {
            ["Id"] = "gen_random_uuid()",
            ["ReferralId"] = "i.r",
            ["AuthoredAt"] = "i.at",
            ["UpdatedAt"] = "i.at",
        });
        return await db.Database.ExecuteSqlRawAsync("ANALYZE");
    }

    private static Task<int> Copy(IntakeDbContext db, Type kind, string from, int rows, Dictionary<string, string> changed)
    {
        var type = db.Model.FindEntityType(kind)!;
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        var columns = type.GetFlattenedProperties().Select(p => p.GetColumnName(table)!).ToList();
        var values = columns.Select(c => changed.GetValueOrDefault(c, $"o.\"{c}\"").Replace(" \"", " o.\"", StringComparison.Ordinal)).Select(v => v.StartsWith('"') ? $"o.{v}" : v);
        var sql = $"INSERT INTO \"{table.Name}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) "
            + $"SELECT {string.Join(", ", values)} FROM (SELECT * FROM \"{table.Name}\" LIMIT 1) o, {string.Format(System.Globalization.CultureInfo.InvariantCulture, from, rows)}";
        return db.Database.ExecuteSqlRawAsync(sql);
    }
}

using System.Net;
using VGIntegration.ReferralIntake.Tests.Supplementing;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Searching;

/// <summary>The same searches, and documents stored with their referral, on PostgreSQL.</summary>
public sealed class PostgreSqlSearchTests
{
    [Fact]
    public async Task Every_order_gives_every_row_once_page_by_page()
    {
        var database = await (await PostgreSqlServer.Shared).CreateDatabase();
        var intake = new IntakeHost { Settings = ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={database}"] };
        await intake.InitializeAsync();
        using var gp = intake.GpSystem();
        for (var i = 0; i < 7; i++)
        {
            var sent = await gp.PostFhir("/fhir", CameAlongTests.WithLetter($"P{i}", Files.Pdf()));
            Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
            intake.Clock.Advance(TimeSpan.FromMilliseconds(i % 2)); // some in the same moment
        }

        foreach (var type in new[] { "ServiceRequest", "Task", "DocumentReference" })
        {
            foreach (var sort in new[] { "", "&_sort=_id", "&_sort=-_id", "&_sort=_lastUpdated", "&_sort=-_lastUpdated" })
            {
                var met = new List<string>();
                for (var next = $"{type}?_count=2&_lastUpdated=ge2026{sort}"; next is not null;)
                {
                    var page = await SearchTests.Search(gp, next);
                    met.AddRange(SearchTests.Entries(page).Select(e => (string)e["resource"]!["id"]!));
                    next = SearchTests.Link(page, "next");
                }

                Assert.Equal(7, met.Count);
                Assert.Equal(7, met.Distinct().Count());
            }
        }

        await intake.DisposeAsync();
    }
}

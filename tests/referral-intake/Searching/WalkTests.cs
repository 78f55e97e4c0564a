using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Receiving;

namespace VGIntegration.ReferralIntake.Tests.Searching;

/// <summary>A walk over all pages while others add and change rows.</summary>
public sealed class WalkTests : IAsyncLifetime
{
    private readonly IntakeHost _intake = new();
    private readonly Random _chance = new(20261123);

    [Theory]
    [InlineData("ServiceRequest?_count=20")]
    [InlineData("ServiceRequest?_sort=_id&_count=20")]
    [InlineData("Task?_sort=-_id&_count=20")]
    [InlineData("Task?_count=20&status=requested,received,accepted")]
    public async Task In_an_order_that_stays_each_row_is_met_once(string search)
    {
        var before = await Rows(search);

        var met = await Walk(search);

        Assert.Equal(met.Count, met.DistinctBy(m => m.Id).Count());
        Assert.Empty(before.Except(met.Select(m => m.Id)));
    }

    [Theory]
    [InlineData("Task?_sort=_lastUpdated&_count=20")]
    [InlineData("Task?_sort=-_lastUpdated&_count=20")]
    [InlineData("ServiceRequest?_sort=-_lastUpdated&_count=20")]
    public async Task In_the_order_of_change_none_is_missed_and_no_version_comes_twice(string search)
    {
        var before = await Rows(search);

        var met = await Walk(search);

        Assert.Equal(met.Count, met.Distinct().Count());
        Assert.Empty(before.Except(met.Select(m => m.Id)));
    }

    public async ValueTask InitializeAsync()
    {
        await _intake.InitializeAsync();
        await Add(400);
    }

    public ValueTask DisposeAsync() => _intake.DisposeAsync();

    private async Task<List<(string Id, string Version)>> Walk(string search)
    {
        using var gp = _intake.GpSystem();
        var met = new List<(string, string)>();
        for (var next = search; next is not null;)
        {
            var page = await SearchTests.Search(gp, next);
            met.AddRange(SearchTests.Entries(page).Select(e => ((string)e["resource"]!["id"]!, (string)e["resource"]!["meta"]!["versionId"]!)));
            next = SearchTests.Link(page, "next");
            if (met.Count < 400)
            {
                await Change();
                await Add(3);
            }
        }

        return met;
    }

    private async Task<List<string>> Rows(string search) => [.. (await _intake.InDatabase(db =>
        (search[0] == 'T' ? db.Tasks.Select(t => t.Id) : db.Referrals.Select(r => r.Id)).ToListAsync())).Select(id => $"{id}")];

    private Task<int> Change() => _intake.InDatabase(async db =>
    {
        _intake.Clock.Advance(TimeSpan.FromSeconds(1));
        var tasks = await db.Tasks.OrderBy(t => t.Id).Skip(_chance.Next(300)).Take(15).ToListAsync();
        foreach (var task in tasks)
        {
            var sequence = task.Events.Count + 1;
            var what = sequence == 1 ? ReferralEvent.TakenIn : sequence % 2 == 0 ? ReferralEvent.DuoProposed : ReferralEvent.ResidentNotReached;
            var by = sequence == 1 ? Role.System : Role.Planner;
            task.Record(new HappenedEvent("planning", sequence, what, by, _intake.Clock.GetUtcNow()), _intake.Clock.GetUtcNow());
            var referral = await db.Referrals.SingleAsync(r => r.Id == task.ReferralId);
            referral.Stand(referral.Standing, _intake.Clock.GetUtcNow());
        }

        return await db.SaveChangesAsync();
    });

    private Task<int> Add(int amount) => _intake.InDatabase(async db =>
    {
        var practice = await db.Practices.SingleAsync(p => p.ClientId == IntakeHost.Bridge);
        for (var i = 0; i < amount; i++)
        {
            _intake.Clock.Advance(TimeSpan.FromMilliseconds(_chance.Next(3))); // some in the same moment
            var resident = new Resident { Name = "Tess Testpersoon", BirthDate = new DateOnly(1980, 1, 1) };
            var asked = new ReferralRequest("urn:test", $"{Guid.NewGuid()}", "routine", null, [], null, "Huisarts", resident, """{"resourceType":"ServiceRequest"}""", "hash");
            var referral = Referral.Receive(practice.Id, asked, _intake.Clock.GetUtcNow());
            db.Add(referral);
            db.Add(ReferralTask.Open(referral.Id, practice.Id, _intake.Clock.GetUtcNow()));
        }

        return await db.SaveChangesAsync();
    });
}

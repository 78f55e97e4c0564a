using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Planning.Tests.Scheduling;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Matching;

/// <summary>The whole waiting list as one proposal, accepted whole or in part.</summary>
public sealed class PlanListTests
{
    private static readonly string[] Postcodes = ["1182", "1012", "1102", "1431", "1187"];

    [Fact]
    public async Task The_whole_list_is_accepted_in_one_go_although_people_take_each_others_moments()
    {
        await using var planning = await PlanningHost.Start();
        await Wait(planning, 40);
        var before = await Proposals(planning);

        var proposal = await Make(planning);
        var changes = proposal.Rows.Where(r => r.IsChange).ToList();
        var refused = await Accept(planning, changes);

        Assert.Empty(refused);
        Assert.NotEmpty(changes);
        Assert.True(proposal.Planned >= proposal.OneByOne, $"{proposal.Planned} of {proposal.OneByOne}");
        var after = await Proposals(planning);
        Assert.Equal(before.Count, after.Count);
        Assert.All(changes, c => Assert.True(after[c.Journey.ReferralId].Is(c.Planned!)));
        Assert.All(after.Values, c => Assert.Equal(ConversationStatus.Proposed, c.Status));
        Assert.IsType<AssignmentProposed>((await planning.Told(changes[0].Journey.ReferralId))[^1]);
        Assert.Equal(changes.Count, await planning.InDatabase(db => db.Audit.CountAsync(a => a.Why == "accept-list-plan" && a.Who == "petra")));
    }

    [Fact]
    public async Task What_somebody_else_booked_meanwhile_stays_and_is_told_and_the_rest_is_done()
    {
        await using var planning = await PlanningHost.Start();
        await Wait(planning, 12);
        var changes = (await Make(planning)).Rows.Where(r => r.IsChange).ToList();
        var overtaken = changes[0].Journey.ReferralId;
        Assert.Null(await planning.Work(overtaken, At.Book));

        var refused = await Accept(planning, changes);

        Assert.Contains(overtaken, refused);
        var after = await Proposals(planning);
        Assert.Equal(ConversationStatus.Scheduled, after[overtaken].Status);
        Assert.All(changes.Where(c => !refused.Contains(c.Journey.ReferralId)), c => Assert.True(after[c.Journey.ReferralId].Is(c.Planned!)));
    }

    [Fact]
    public async Task A_change_that_gains_nothing_is_not_proposed()
    {
        await using var planning = await PlanningHost.Start();
        await Wait(planning, 1);

        var row = Assert.Single((await Make(planning)).Rows);

        Assert.False(row.IsChange);
        Assert.True(row.Now!.Is(row.Planned!));
    }

    [Fact]
    public async Task A_moment_that_is_not_free_or_not_allowed_is_never_taken()
    {
        await using var planning = await PlanningHost.Start();
        await Wait(planning, 2);
        var (one, other) = await planning.InDatabase(async db =>
        {
            var all = await db.Conversations.AsNoTracking().ToListAsync();
            return (all[0], all[1]);
        });
        var journey = await planning.InDatabase(db => db.Journeys.AsNoTracking().SingleAsync(j => j.ReferralId == one.ReferralId));
        var theirs = Candidate.KeyOf(other.MentalHealthProfessionalId, other.SocialDomainProfessionalId, other.LocationId, other.StartsAt);
        var never = Candidate.KeyOf(Guid.NewGuid(), Guid.NewGuid(), other.LocationId, other.StartsAt);

        var refused = await planning.Within(async s => new[]
        {
            await s.GetRequiredService<PlanList>().Accept([new(one.ReferralId, journey.Revision, theirs)], "petra", TestContext.Current.CancellationToken),
            await s.GetRequiredService<PlanList>().Accept([new(one.ReferralId, journey.Revision, never)], "petra", TestContext.Current.CancellationToken),
            await s.GetRequiredService<PlanList>().Accept([new(one.ReferralId, journey.Revision - 1, never)], "petra", TestContext.Current.CancellationToken),
        });

        Assert.All(refused, r => Assert.Equal([one.ReferralId], r));
        Assert.Equal(one.StartsAt, (await Proposals(planning))[one.ReferralId].StartsAt);
    }

    [Fact]
    public async Task A_planner_makes_it_and_accepts_it_on_the_page()
    {
        await using var planning = await PlanningHost.Start();
        await Wait(planning, 25);
        using var planner = planning.Planner();
        var page = await planner.Open("/planning/whole-list");

        page = await planner.Submit(page.Forms.First(f => f.Action.Query.Contains("Make", StringComparison.Ordinal)));
        Assert.Contains("Een voor een gepland", page.Text, StringComparison.Ordinal);
        page = await planner.Submit(page.Forms.First(f => f.Action.Query.Contains("Accept", StringComparison.Ordinal)));

        Assert.Contains("overgenomen", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_anybody_waiting_or_without_a_tick_the_page_says_so()
    {
        await using var planning = await PlanningHost.Start();
        using var planner = planning.Planner();
        var page = await planner.Open("/planning/whole-list");
        page = await planner.Submit(page.Forms.First(f => f.Action.Query.Contains("Make", StringComparison.Ordinal)));
        Assert.Contains("Er wacht nu niemand", page.Text, StringComparison.Ordinal);
        await Wait(planning, 25);
        page = await planner.Submit(page.Forms.First(f => f.Action.Query.Contains("Make", StringComparison.Ordinal)));

        page = await planner.Submit(page.Forms.First(f => f.Action.Query.Contains("Accept", StringComparison.Ordinal)), ("rows", null));

        Assert.Contains("Zet een vinkje", page.Text, StringComparison.Ordinal);
    }

    private static async Task Wait(PlanningHost planning, int referrals)
    {
        for (var i = 0; i < referrals; i++)
        {
            await planning.AReferral(Postcodes[i * 7 % Postcodes.Length]);
        }
    }

    private static Task<ListProposal> Make(PlanningHost planning) =>
        planning.Within(s => s.GetRequiredService<PlanList>().Make(TestContext.Current.CancellationToken));

    private static Task<IReadOnlyList<Guid>> Accept(PlanningHost planning, IEnumerable<ListRow> rows) => planning.Within(s => s.GetRequiredService<PlanList>().Accept(
        [.. rows.Select(r => new AcceptedRow(r.Journey.ReferralId, r.Journey.Revision, r.Planned!.Key))], "petra", TestContext.Current.CancellationToken));

    private static Task<Dictionary<Guid, Conversation>> Proposals(PlanningHost planning) =>
        planning.InDatabase(db => db.Conversations.AsNoTracking().ToDictionaryAsync(c => c.ReferralId));
}

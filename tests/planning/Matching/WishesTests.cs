using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Choosing;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Tests.Scheduling;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Matching;

public sealed class WishesTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_planner_records_counts_at_once_and_the_new_proposal_is_told()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral(); // the proposal is on Tuesday morning
        using var planner = planning.Planner();

        var after = await Wish(planner, referral, ("NotPossible", "Tuesday-morning"), ("Place", "AtLocation"), ("NeedsAccess", "true"));

        var proposal = (await planning.Told(referral)).OfType<AssignmentProposed>().Last();
        Assert.Contains("De wensen zijn bewaard.", after.Text, StringComparison.Ordinal);
        Assert.Contains("niet op dinsdag (ochtend); op een locatie in de buurt; toegankelijk met een rolstoel", after.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await planning.Told(referral)).OfType<AssignmentProposed>().Count());
        Assert.False(proposal.StartsAt is { DayOfWeek: DayOfWeek.Tuesday, Hour: < 11 });
        Assert.Equal(proposal.StartsAt, await planning.InDatabase(db => db.Conversations.Select(c => c.StartsAt).SingleAsync(Ct)));
        Assert.Contains(await planning.InDatabase(db => db.Audit.ToListAsync(Ct)), a => a is { Who: "petra", Why: "record-wishes" });
    }

    [Fact]
    public async Task Whom_the_resident_would_rather_not_meet_is_not_proposed_and_can_be_taken_back()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        var proposed = await planning.InDatabase(db => db.Conversations.AsNoTracking().SingleAsync(Ct));

        var page = await Wish(planner, referral, ("WithoutAlso", $"{proposed.MentalHealthProfessionalId}"));
        var other = await planning.InDatabase(db => db.Conversations.AsNoTracking().SingleAsync(Ct));
        await planner.Submit(page.Form("WithoutAlso"), ("Without", null));
        var again = await planning.InDatabase(db => db.Conversations.AsNoTracking().SingleAsync(Ct));

        Assert.Contains("liever niet", page.Text, StringComparison.Ordinal);
        Assert.NotEqual(proposed.MentalHealthProfessionalId, other.MentalHealthProfessionalId);
        Assert.Equal(proposed.MentalHealthProfessionalId, again.MentalHealthProfessionalId);
    }

    [Fact]
    public async Task Wishes_that_nothing_fits_put_the_referral_on_the_list_with_what_would_help()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        var but = ResidentWishes.Days.SelectMany(_ => ResidentWishes.Parts, ResidentWishes.PartOf).Select(p => ("NotPossible", (string?)p)).ToArray();

        var page = await Wish(planner, referral, but);

        var list = await planner.Open("/planning?show=stuck");
        Assert.Contains("Op de dagen dat de inwoner kan, is geen duo vrij.", page.Text, StringComparison.Ordinal);
        Assert.Matches("Als dinsdag ook mag: [0-9]+ momenten", page.Text);
        Assert.Contains("Op de dagen dat de inwoner kan, is geen duo vrij.", list.Text, StringComparison.Ordinal);
        Assert.Matches("Als [a-z]+dag ook mag: [0-9]+ momenten", list.Text);
        Assert.Empty(await planning.InDatabase(db => db.Conversations.ToListAsync(Ct))); // its moment is free for others
    }

    [Fact]
    public async Task What_was_promised_for_a_day_more_comes_true()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        var all = ResidentWishes.Days.SelectMany(_ => ResidentWishes.Parts, ResidentWishes.PartOf).ToList();
        var stuck = await Wish(planner, referral, [.. all.Select(p => ("NotPossible", (string?)p))]);
        var promised = System.Text.RegularExpressions.Regex.Match(stuck.Text, "Als dinsdag ook mag: ([0-9]+) momenten").Groups[1].Value;

        await Wish(planner, referral, [.. all.Where(p => !p.StartsWith("Tuesday", StringComparison.Ordinal)).Select(p => ("NotPossible", (string?)p))]);

        var found = await planning.Within(async services =>
        {
            var journey = await services.GetRequiredService<Persistence.PlanningDbContext>().Journeys.SingleAsync(Ct);
            return (await services.GetRequiredService<FreeMoments>().For(journey, Ct, int.MaxValue)).Candidates;
        });
        Assert.Equal(promised, $"{found.Count}");
        Assert.Null(await planning.InDatabase(db => db.Journeys.Select(j => j.Binding).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_booked_conversation_stays_and_a_next_one_keeps_to_the_wish()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        await planning.Work(referral, At.Book);
        using var planner = planning.Planner();
        var booked = await planning.InDatabase(db => db.Conversations.AsNoTracking().SingleAsync(Ct));

        await Wish(planner, referral, ("NotPossible", "Tuesday-morning"));

        var kept = await planning.InDatabase(db => db.Conversations.AsNoTracking().SingleAsync(Ct));
        var page = await planner.Open($"/planning/referrals/{referral}?show=move");
        Assert.Equal((booked.StartsAt, booked.Version), (kept.StartsAt, kept.Version));
        Assert.DoesNotContain($"@{booked.StartsAt.UtcTicks}", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_resident_says_by_the_own_link_counts_too()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral(language: "pl"); // nobody speaks it
        var link = await planning.Within(services => services.GetRequiredService<PersonalLinks>().Make(referral, planning.Clock.GetUtcNow().AddDays(7), Ct));
        using var resident = new PageClient(planning.App.Address());
        var form = (await resident.Open(link.AbsolutePath)).Form("name=\"said\"");

        await resident.Submit(form, ("Needs", "interpreter"), ("Needs", "wheelchair"));

        var journey = await planning.InDatabase(db => db.Journeys.AsNoTracking().SingleAsync(Ct));
        Assert.Equal((true, true), (journey.Wishes.Said.HasInterpreter, journey.Wishes.Said.NeedsAccess));
        Assert.Equal(Stage.AwaitingSchedule, journey.Stage);
        Assert.Single((await planning.Told(referral)).OfType<AssignmentProposed>());
    }

    [Fact]
    public async Task A_planner_who_is_overtaken_keeps_what_was_ticked()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        var form = (await planner.Open($"/planning/referrals/{referral}")).Form("WithoutAlso");
        await planning.Work(referral, At.Call(true), "piet");

        var refused = await planner.Submit(form, ("NotPossible", "Friday-morning"), ("NeedsAccess", "true"));

        var again = refused.Form("WithoutAlso");
        Assert.Contains("net door een ander veranderd", refused.Text, StringComparison.Ordinal);
        Assert.Equal(("Friday-morning", "true"), (again["NotPossible"], again["NeedsAccess"]));
    }

    private static async Task<Page> Wish(PageClient planner, Guid referral, params (string, string?)[] fields) =>
        await planner.Submit((await planner.Open($"/planning/referrals/{referral}")).Form("WithoutAlso"), [.. fields]);
}

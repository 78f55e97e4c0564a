using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Scheduling;

public sealed class ReferralPageTests
{
    [Theory]
    [InlineData("handler=Take", "U hebt deze verwijzing", "", typeof(PlanningStarted))]
    [InlineData("handler=Call", "Het telefoontje is vastgelegd", "IsReached=false;CallBackOn=2026-12-01;CallBackAt=14:30", typeof(ResidentCalled))]
    [InlineData("handler=Ask", "gaat naar de huisarts", "Missing=telephone", typeof(InformationRequested))]
    [InlineData("handler=Pause", "gepauzeerd", "PauseUntil=2026-12-24;Note=eerst op reis", typeof(PlanningPaused))]
    [InlineData("handler=Withdraw", "wil geen gesprek", "Note=hoeft niet meer", typeof(ResidentWithdrew))]
    [InlineData("handler=Close", "afgesloten", "Reason=outside-region", typeof(ReferralClosed))]
    public async Task Each_form_of_the_page_does_what_it_says_can_be_undone_and_is_told_without_the_planners_words(
        string form, string said, string fields, Type told)
    {
        var filledIn = fields.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('=')).Select(f => (Name: f[0], Value: (string?)f[1])).ToArray();
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        var page = await planner.Open($"/planning/referrals/{referral}");

        var after = await planner.Submit(page.Form(form), filledIn);
        var messages = await planning.Told(referral);
        var undone = await planner.Submit(after.Form("handler=Undo"));

        Assert.Contains(said, after.Text, StringComparison.Ordinal);
        Assert.Contains(messages, m => m.GetType() == told);
        Assert.DoesNotContain(await planning.InDatabase(db => db.Outbox.Select(m => m.Body).ToListAsync()), b => filledIn.Any(f => f.Name is "Note" && b.Contains(f.Value!, StringComparison.Ordinal)));
        Assert.Contains("Het is ongedaan gemaakt", undone.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(await planning.Told(referral), m => m.GetType() == told);
    }

    [Theory]
    [InlineData("handler=Call", "CallBackOn", "2020-01-01", "alleen in de toekomst")]
    [InlineData("handler=Call", "CallBackOn", "morgen", "niet goed ingevuld")]
    [InlineData("handler=Close", "Note", "Verhuisd naar elders", "Kies een reden")]
    [InlineData("handler=Pause", "PauseUntil", "1999-01-01", "Kies een dag in de toekomst")]
    public async Task What_is_filled_in_wrong_is_told_with_a_link_to_the_form_and_nothing_happens(string form, string field, string value, string said)
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        var page = await planner.Open($"/planning/referrals/{referral}");
        var before = (await planning.Told(referral)).Count;

        var after = await planner.Submit(page.Form(form), (field, value), ("IsReached", "true"));

        Assert.Contains(said, after.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("href=\"#f-", after.Html, StringComparison.Ordinal);
        Assert.Equal(before, (await planning.Told(referral)).Count);
        Assert.Equal(System.Net.HttpStatusCode.OK, after.Status);
    }

    [Fact]
    public async Task Who_comes_along_is_asked_in_the_call_and_stands_with_the_appointment_for_the_planner_and_the_two()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        using var professional = planning.Professional("sociaal");
        var page = await planner.Open($"/planning/referrals/{referral}");

        await planner.Submit(page.Form("handler=Call"), ("IsReached", "true"), ("Companion", "family"));
        var booked = await planner.Submit((await planner.Open($"/planning/referrals/{referral}")).Form("f-Choice"));
        await planner.Submit(booked.Form("handler=Call"), ("IsReached", "true"));

        var conversation = await planning.InDatabase(db => db.Conversations.Select(c => c.Id).SingleAsync());
        var (seen, own) = (await planner.Open($"/planning/referrals/{referral}"), await professional.Open($"/planning/conversations/{conversation}"));
        Assert.All([seen, own], p => Assert.Contains("Komt mee Familie", p.Text, StringComparison.Ordinal));
        Assert.Contains("Nu bekend: Familie", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(await planning.InDatabase(db => db.Outbox.Select(m => m.Body).ToListAsync()), b => b.Contains("family", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_comes_along_is_not_heard_of_somebody_who_was_not_reached()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        var page = await planner.Open($"/planning/referrals/{referral}");

        var after = await planner.Submit(page.Form("handler=Call"), ("IsReached", "false"), ("Companion", "friend"));

        Assert.Contains("Wie er meekomt, hoort u van de inwoner", after.Text, StringComparison.Ordinal);
        Assert.Equal("friend", after.Form("handler=Call")["Companion"]);
        Assert.False(await planning.InDatabase(db => db.ResidentAnswers.AnyAsync()));
        Assert.DoesNotContain(await planning.Told(referral), m => m is ResidentCalled);
    }

    [Fact]
    public async Task Who_was_a_moment_later_is_told_sees_how_it_is_now_and_loses_no_word()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var petra = planning.Planner();
        using var paul = PageClient.LoggedInAs(planning.App, "paul", "planner");
        var old = await paul.Open($"/planning/referrals/{referral}");
        await petra.Submit((await petra.Open($"/planning/referrals/{referral}")).Form("handler=Call"), ("IsReached", "true"));

        var late = await paul.Submit(old.Form("handler=Close"), ("Reason", ClosingReason.Other), ("Note", "Woont nu bij zijn zus"));
        var again = await paul.Submit(late.Form("handler=Close"), ("Reason", ClosingReason.Other));

        Assert.Contains("net door een ander veranderd", late.Text, StringComparison.Ordinal);
        Assert.Contains("Woont nu bij zijn zus", late.Html, StringComparison.Ordinal);
        Assert.Contains("De verwijzing is afgesloten", again.Text, StringComparison.Ordinal);
        Assert.Contains(await planning.InDatabase(async db => (await db.Journeys.SingleAsync()).Steps), s => s.Note == "Woont nu bij zijn zus");
    }

    [Fact]
    public async Task A_booked_conversation_is_moved_from_the_page_and_one_of_the_two_replaced()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        await planner.Submit((await planner.Open($"/planning/referrals/{referral}")).Form("Choice"));
        var move = (await planner.Open($"/planning/referrals/{referral}?show=move")).Form("f-Choice");
        var moved = await planner.Submit(move, ("Choice", move.Choices("Choice").Except([move["Choice"]]).First()));
        var replace = (await planner.Open($"/planning/referrals/{referral}?show=replace")).Form("f-Replace");

        var replaced = await planner.Submit(replace, ("Replacement", replace.Choices("Replacement")[0]));

        Assert.Contains("De afspraak is verzet", moved.Text, StringComparison.Ordinal);
        Assert.Contains("De verkenner is vervangen", replaced.Text, StringComparison.Ordinal);
        var told = await planning.Told(referral);
        Assert.Single(told.OfType<ConversationRescheduled>());
        Assert.Single(told.OfType<ProfessionalReplaced>());
    }

    [Theory]
    [InlineData("?show=week")]
    [InlineData("?show=week&week=2026-12-07")]
    [InlineData("?show=week&week=bogus")]
    [InlineData("?show=distance")]
    [InlineData("?show=bogus")]
    public async Task Each_view_offers_moments_that_can_be_booked_with_one_click(string view)
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        var page = await planner.Open($"/planning/referrals/{referral}{view}");

        var after = await planner.Submit(page.Form("f-Choice"));

        Assert.Contains("De afspraak is gepland", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_professional_records_a_no_show_and_the_planner_can_plan_again()
    {
        await using var planning = await PlanningHost.Start("--Conversing:AllowEarly=true");
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        await planner.Submit((await planner.Open($"/planning/referrals/{referral}")).Form("Choice"));
        using var professional = planning.Professional("ggz");
        var conversation = await planning.InDatabase(db => db.Conversations.Select(c => c.Id).SingleAsync());

        var after = await professional.Submit((await professional.Open($"/planning/conversations/{conversation}")).Form("De inwoner kwam niet"));
        var again = await planner.Submit((await planner.Open($"/planning/referrals/{referral}")).Form("Choice"));

        Assert.Contains("Vastgelegd: de inwoner kwam niet", after.Text, StringComparison.Ordinal);
        Assert.Contains("De afspraak is gepland", again.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await planning.Told(referral)).OfType<ConversationScheduled>().Select(c => c.ConversationId).Distinct().Count());
    }

    [Fact]
    public async Task The_week_of_all_duos_shows_what_is_booked_and_what_is_free()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();

        var (week, holidays, bogus) = (await planner.Open("/planning/week"), await planner.Open("/planning/week?from=2026-12-21"), await planner.Open("/planning/week?from=0001-01-01"));

        Assert.Contains(People.Code(referral), week.Text, StringComparison.Ordinal);
        Assert.Contains("vrij", week.Text, StringComparison.Ordinal);
        Assert.Contains("kerstdag", holidays.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("november", bogus.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("gaat de klok", week.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-03-22", "zondag 28 maart gaat de klok een uur vooruit")]
    [InlineData("2027-10-25", "zondag 31 oktober gaat de klok een uur terug")]
    public async Task The_week_in_which_the_clock_changes_says_so(string monday, string expected)
    {
        await using var planning = await PlanningHost.Start();
        using var planner = planning.Planner();

        var week = await planner.Open($"/planning/week?from={monday}");

        Assert.Contains(expected, week.Text, StringComparison.Ordinal);
    }
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Choosing;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Planning.Tests.Inviting;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Choosing;

public sealed class YourConversationTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_resident_chooses_says_who_comes_along_and_the_planner_sees_it()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var resident = Resident(planning);
        var page = await resident.Open(await Link(planning, referral));
        var form = page.Form("Choice");

        var after = await resident.Submit(
            form, ("Choice", form.Choices("Choice")[1]), ("Companion", "partner"), ("Speaks", "tr"), ("Needs", "interpreter"));

        using var planner = planning.Planner();
        var seen = await planner.Open($"/planning/referrals/{referral}/resident");
        Assert.Equal(3, form.Choices("Choice").Count);
        Assert.Contains("Uw afspraak staat", after.Text, StringComparison.Ordinal);
        Assert.Single((await planning.Told(referral)).OfType<ConversationScheduled>());
        Assert.Contains("Mijn partner", seen.Text, StringComparison.Ordinal);
        Assert.Contains("Turks", seen.Text, StringComparison.Ordinal);
        Assert.Contains("een tolk", seen.Text, StringComparison.Ordinal);
        Assert.Contains(await planning.InDatabase(db => db.Audit.ToListAsync(Ct)), a => a is { Who: ChooseMoment.Resident, Why: "book-conversation" });
    }

    [Fact]
    public async Task The_resident_moves_and_the_same_click_twice_moves_once()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        await planning.Books(referral);
        using var resident = Resident(planning);
        var page = await resident.Open(await Link(planning, referral));
        var form = page.Form("Choice");

        var after = await resident.Submit(form, ("Choice", form.Choices("Choice")[0]));
        await resident.Submit(form, ("Choice", form.Choices("Choice")[0]));

        Assert.Contains("verzet", after.Text, StringComparison.Ordinal);
        Assert.Single((await planning.Told(referral)).OfType<ConversationRescheduled>());
    }

    [Fact]
    public async Task The_resident_cancels_only_after_a_tick_and_then_the_referral_ends()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        await planning.Books(referral);
        using var resident = Resident(planning);
        var link = await Link(planning, referral);
        var form = (await resident.Open(link)).Form("Sure");

        var unsure = await resident.Submit(form);
        var sure = await resident.Submit(form, ("Sure", "true"));

        Assert.Contains("vinkje", unsure.Text, StringComparison.Ordinal);
        Assert.Contains("geen gesprek meer gepland", sure.Text, StringComparison.Ordinal);
        Assert.Equal(ClosingReason.WithdrawnByResident, Assert.Single((await planning.Told(referral)).OfType<ReferralClosed>()).Reason);
        Assert.Equal(Stage.Closed, (await planning.InDatabase(db => db.Journeys.SingleAsync(Ct))).Stage);
    }

    [Fact]
    public async Task What_was_taken_meanwhile_is_told_with_what_is_free_now_and_nothing_that_was_filled_in_is_lost()
    {
        await using var planning = await PlanningHost.Start();
        var (one, other) = (await planning.AReferral(), await planning.AReferral());
        using var resident = Resident(planning);
        var form = (await resident.Open(await Link(planning, one))).Form("Choice");
        var wanted = form.Choices("Choice")[2];
        using var faster = Resident(planning);
        var others = (await faster.Open(await Link(planning, other))).Form("Choice");
        await faster.Submit(others, ("Choice", wanted));

        var late = await resident.Submit(form, ("Choice", wanted), ("Companion", "friend"));

        Assert.Contains("net door een ander gekozen", late.Text, StringComparison.Ordinal);
        Assert.NotEmpty(late.Form("Choice").Choices("Choice"));
        Assert.DoesNotContain(wanted, late.Form("Choice").Choices("Choice"));
        Assert.Equal("friend", late.Form("Choice")["Companion"]);
        Assert.Single(await planning.InDatabase(db => db.Conversations.Where(c => c.Status == ConversationStatus.Scheduled).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Unknown_ended_and_revoked_links_get_the_very_same_answer()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var resident = Resident(planning);
        var (ended, revoked) = (await Link(planning, referral, days: 1), await Link(planning, referral));
        using var planner = planning.Planner();
        await planner.Submit((await planner.Open($"/planning/referrals/{referral}/resident")).Form("Stop alle links"));
        planning.Clock.Advance(TimeSpan.FromDays(2));

        var answers = new[]
        {
            await resident.Open("/uw-gesprek/abcd-efgh-abcd-efgh-abcd-efgh-abcd-efgh"), await resident.Open("/uw-gesprek/x"),
            await resident.Open(ended), await resident.Open(revoked),
        };

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.NotFound, a.Status));
        Assert.Single(answers.Select(a => a.Html).Distinct());
        Assert.Contains("Deze link werkt niet", answers[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_tells_nobody_who_it_is_about_and_takes_nothing_from_elsewhere()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        var link = await Link(planning, referral);
        using var http = planning.App.Stranger();

        var answer = await http.GetAsync(link, Ct);
        var html = await answer.Content.ReadAsStringAsync(Ct);

        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Contains("noindex", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.All([PlanningHost.Resident, PlanningHost.Telephone, $"{referral}", People.Code(referral), "Somber"],
            secret => Assert.DoesNotContain(secret, html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_there_in_English_too()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var resident = Resident(planning);

        var page = await resident.Open($"{await Link(planning, referral)}?taal=en");
        var after = await resident.Submit(page.Form("Choice"), ("Choice", page.Form("Choice").Choices("Choice")[0]));

        Assert.Contains("Which time suits you?", page.Text, StringComparison.Ordinal);
        Assert.Contains("lang=\"en\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("Your appointment is made", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cannot_climb_stairs_is_offered_accessible_places_only()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral(postcode: "1187"); // nearest is a place with stairs
        using var resident = Resident(planning);
        var link = await Link(planning, referral);
        var form = (await resident.Open(link)).Form("Choice");
        await resident.Submit(form, ("Choice", ""), ("Needs", "no-stairs"));

        var page = await resident.Open(link);

        Assert.Equal(3, page.Form("Choice").Choices("Choice").Count);
        Assert.DoesNotContain("Huis van de Buurt", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_tries_links_is_slowed_down()
    {
        await using var planning = await PlanningHost.Start();
        using var http = planning.App.Stranger();
        var statuses = new List<HttpStatusCode>();

        for (var i = 0; i < 80; i++)
        {
            using var answer = await http.GetAsync(new Uri($"/uw-gesprek/{i}", UriKind.Relative), Ct);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests], statuses.Distinct());
    }

    [Fact]
    public async Task Bad_input_changes_nothing_and_never_fails()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var resident = Resident(planning);
        var form = (await resident.Open(await Link(planning, referral))).Form("Choice");

        var answers = new[]
        {
            await resident.Submit(form, ("Choice", "nothing@here"), ("Companion", new string('x', 5_000)), ("Speaks", "klingon"), ("Needs", "' OR 1=1")),
            await resident.Submit(form, ("Choice", null)),
        };

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Empty((await planning.Told(referral)).OfType<ConversationScheduled>());
        Assert.Null((await planning.InDatabase(db => db.ResidentAnswers.SingleAsync(Ct))).Companion);
    }

    private static PageClient Resident(PlanningHost planning) => new(planning.App.Address());

    private static async Task<string> Link(PlanningHost planning, Guid referral, int days = 14) => (await planning.Within(services =>
        ((PersonalLinks)services.GetService(typeof(PersonalLinks))!).Make(referral, planning.Clock.GetUtcNow().AddDays(days), Ct))).AbsolutePath;
}

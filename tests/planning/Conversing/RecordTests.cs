using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Choosing;
using VGIntegration.Planning.Conversing;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Conversing;

public sealed class RecordTests
{
    [Fact]
    public async Task A_professional_of_the_duo_records_that_it_was_held_and_feedback_hears_who()
    {
        await using var planning = await PlanningHost.Start();
        var (referral, id, startsAt) = await ABookedConversation(planning);
        planning.Clock.SetUtcNow(startsAt.AddMinutes(90));
        using var professional = planning.Professional("ggz");
        var page = await professional.Open($"/planning/conversations/{id}");

        var after = await professional.Submit(page.Form("Het gesprek is gevoerd"));
        var again = await professional.Submit(page.Form("Het gesprek is gevoerd"));

        Assert.All([after, again], p => Assert.Contains("Dit gesprek is gevoerd", p.Text, StringComparison.Ordinal));
        var held = Assert.Single((await planning.Told(referral)).OfType<ConversationHeld>());
        Assert.Equal(["mental-health ggz", "social-domain sociaal"], held.Professionals.Select(p => $"{p.Discipline} {p.Login}"));
        Assert.Equal(4, held.Sequence);
    }

    [Fact]
    public async Task When_both_record_at_once_it_is_told_once_and_the_second_hears_of_the_first()
    {
        await using var planning = await PlanningHost.Start("--Conversing:AllowEarly=true");
        var (referral, id, _) = await ABookedConversation(planning);
        await using var slow = planning.App.Services.CreateAsyncScope();
        var seen = await slow.ServiceProvider.GetRequiredService<PlanningDbContext>().Conversations.SingleAsync(c => c.Id == id);
        await slow.ServiceProvider.GetRequiredService<PlanningDbContext>().Journeys.SingleAsync();
        using var partner = planning.Professional("sociaal");
        await partner.Submit((await partner.Open($"/planning/conversations/{id}")).Form("Het gesprek is gevoerd"));

        var region = await slow.ServiceProvider.GetRequiredService<KnownRegion>().Get(default);
        var refusal = await slow.ServiceProvider.GetRequiredService<RecordConversation>().Held(seen, region, "ggz", default);

        Assert.Contains("duopartner", refusal, StringComparison.Ordinal);
        Assert.Single((await planning.Told(referral)).OfType<ConversationHeld>());
    }

    [Theory]
    [InlineData(false, "nog niet begonnen")]
    [InlineData(true, "Dit gesprek is gevoerd")]
    public async Task Before_it_began_it_can_only_be_recorded_where_that_is_allowed(bool isAllowed, string expected)
    {
        await using var planning = await PlanningHost.Start($"--Conversing:AllowEarly={isAllowed}");
        var (_, id, _) = await ABookedConversation(planning);
        using var professional = planning.Professional("sociaal");
        var page = await professional.Open($"/planning/conversations/{id}");

        var after = await professional.Submit(page.Form("Het gesprek is gevoerd"));

        Assert.Contains(expected, after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_conversation_of_another_duo_does_not_exist()
    {
        await using var planning = await PlanningHost.Start();
        var (_, id, _) = await ABookedConversation(planning);
        using var other = planning.Professional("somebody-else");

        var (page, list) = (await other.Open($"/planning/conversations/{id}"), await other.Open("/planning/conversations"));

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("U hebt nu geen gesprekken", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feedback_gets_who_held_it_with_its_own_scope_and_the_look_is_in_the_audit()
    {
        await using var planning = await PlanningHost.Start();
        var (referral, id, _) = await ABookedConversation(planning);
        using var feedback = planning.App.WithToken("feedback", "conversation.read");
        using var other = planning.App.WithToken("feedback", "referral.contact");
        var path = new Uri($"/internal/conversations/{referral}", UriKind.Relative);

        var answer = await feedback.GetStringAsync(path, TestContext.Current.CancellationToken);
        var refused = await other.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Contains("\"discipline\":\"mental-health\"", answer, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains(await planning.InDatabase(db => db.Audit.ToListAsync()), a => a.Who == "feedback" && a.What == $"Conversation/{id}");
    }

    [Fact]
    public async Task The_list_says_what_is_today_what_is_still_to_be_recorded_and_who_comes_along()
    {
        await using var planning = await PlanningHost.Start("--Conversing:AllowEarly=true");
        var (referral, id, startsAt) = await ABookedConversation(planning);
        await planning.InDatabase(async db =>
        {
            var answer = ResidentAnswer.Of(referral);
            answer.Say("partner", null, ["hearing"], planning.Clock.GetUtcNow());
            db.Add(answer);
            return await db.SaveChangesAsync();
        });

        using var early = planning.Professional("ggz");
        var ahead = await early.Open("/planning/conversations");
        planning.Clock.SetUtcNow(startsAt.AddMinutes(5));
        using var professional = planning.Professional("ggz");
        var (today, page) = (await professional.Open("/planning/conversations"), await professional.Open($"/planning/conversations/{id}"));
        planning.Clock.SetUtcNow(startsAt.AddHours(3));
        var after = await professional.Open("/planning/conversations");
        await professional.Submit(page.Form("Het gesprek is gevoerd"));
        var held = await professional.Open("/planning/conversations");

        Assert.Contains("Later", ahead.Text, StringComparison.Ordinal);
        Assert.Contains("Wie er meekomt: Mijn partner", ahead.Text, StringComparison.Ordinal);
        Assert.Contains("Vandaag", today.Text, StringComparison.Ordinal);
        Assert.Contains("Mijn partner", page.Text, StringComparison.Ordinal);
        Assert.Contains("Route naar deze plek", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nog vast te leggen", after.Text, StringComparison.Ordinal);
        Assert.Contains("Gevoerd", held.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nog vast te leggen", held.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_that_the_resident_stopped_ends_the_referral_and_the_huisarts_hears_it()
    {
        await using var planning = await PlanningHost.Start();
        var (referral, id, startsAt) = await ABookedConversation(planning);
        using var early = planning.Professional("ggz");
        var page = await early.Open($"/planning/conversations/{id}");
        var tooEarly = await early.Submit(page.Form("De inwoner is gestopt"), ("sure", "true"));
        planning.Clock.SetUtcNow(startsAt.AddMinutes(30));
        using var professional = planning.Professional("ggz");
        var form = (await professional.Open($"/planning/conversations/{id}")).Form("De inwoner is gestopt");

        var unsure = await professional.Submit(form);
        var done = await professional.Submit(form, ("sure", "true"));

        Assert.Contains("nog niet begonnen", tooEarly.Text, StringComparison.Ordinal);
        Assert.Contains("Vink eerst aan", unsure.Text, StringComparison.Ordinal);
        Assert.Contains("De verwijzing is beëindigd", done.Text, StringComparison.Ordinal);
        var journey = await planning.InDatabase(db => db.Journeys.SingleAsync(j => j.ReferralId == referral));
        Assert.Equal((Stage.Closed, ClosingReason.WithdrawnByResident), (journey.Stage, journey.ClosedBecause));
        Assert.False(await planning.InDatabase(db => db.Conversations.AnyAsync(c => c.ReferralId == referral)));
    }

    private static async Task<(Guid Referral, Guid Conversation, DateTimeOffset StartsAt)> ABookedConversation(PlanningHost planning)
    {
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        await planner.Submit((await planner.Open($"/planning/referrals/{referral}")).Form("Choice"));
        return await planning.InDatabase(async db =>
        {
            var booked = await db.Conversations.SingleAsync(c => c.ReferralId == referral);
            return (referral, booked.Id, booked.StartsAt);
        });
    }
}

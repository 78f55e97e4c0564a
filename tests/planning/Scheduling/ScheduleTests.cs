using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Scheduling;

public sealed class ScheduleTests
{
    [Fact]
    public async Task The_planner_sees_the_telephone_books_and_it_is_told_once()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        var page = await planner.Open($"/planning/referrals/{referral}");
        var form = page.Form("Choice");

        var after = await planner.Submit(form, ("Choice", form.Choices("Choice")[0]));
        var again = await planner.Submit(form, ("Choice", form.Choices("Choice")[0])); // a double click

        Assert.Contains(PlanningHost.Telephone, page.Text, StringComparison.Ordinal);
        Assert.All([after, again], p => Assert.Contains("De afspraak is gepland", p.Text, StringComparison.Ordinal));
        var scheduled = Assert.Single((await planning.Told(referral)).OfType<ConversationScheduled>());
        Assert.Equal(3, scheduled.Sequence);
        Assert.Contains(await planning.InDatabase(db => db.Audit.ToListAsync()), a => a is { Action: "U", Who: "petra" } && a.What == $"Referral/{referral}");
    }

    [Fact]
    public async Task What_is_shown_of_the_resident_is_not_stored()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();

        var page = await planner.Open($"/planning/referrals/{referral}");

        Assert.Contains(PlanningHost.Resident, page.Text, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(planning.Data))
        {
            await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var text = await new StreamReader(content).ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(PlanningHost.Resident, text, StringComparison.Ordinal);
            Assert.DoesNotContain(PlanningHost.Telephone, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_intake_the_planner_can_still_book()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        planning.IntakeAnswers = false;
        using var planner = planning.Planner();
        var page = await planner.Open($"/planning/referrals/{referral}");

        var after = await planner.Submit(page.Form("Choice"));

        Assert.Contains("nu niet op te halen", page.Text, StringComparison.Ordinal);
        Assert.Contains("De afspraak is gepland", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_planners_on_one_referral_make_one_appointment_and_the_second_is_told()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var petra = planning.Planner();
        using var paul = PageClient.LoggedInAs(planning.App, "paul", "planner");
        var (one, other) = (await petra.Open($"/planning/referrals/{referral}"), await paul.Open($"/planning/referrals/{referral}"));
        await petra.Submit(one.Form("Choice"), ("Choice", one.Form("Choice").Choices("Choice")[0]));

        var late = await paul.Submit(other.Form("Choice"), ("Choice", other.Form("Choice").Choices("Choice")[1]));

        Assert.Contains("Deze verwijzing is net door een ander veranderd", late.Text, StringComparison.Ordinal);
        Assert.Single((await planning.Told(referral)).OfType<ConversationScheduled>());
    }

    [Fact]
    public async Task Many_planners_choosing_one_moment_at_once_make_one_booking()
    {
        await using var planning = await PlanningHost.Start();
        var referrals = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => planning.AReferral()));
        using var planner = planning.Planner();
        await planner.Open("/planning/referrals/" + referrals[0]); // the cookie of the forms, once
        var pages = await Task.WhenAll(referrals.Select(r => planner.Open($"/planning/referrals/{r}")));
        var wanted = pages.SelectMany(p => p.Form("Choice").Choices("Choice")).GroupBy(c => c).OrderByDescending(c => c.Count()).First().Key;

        var after = await Task.WhenAll(pages.Select(p => planner.Submit(p.Form("Choice"), ("Choice", wanted))));

        Assert.InRange(after.Count(p => p.Text.Contains("De afspraak is gepland", StringComparison.Ordinal)), 0, 1);
        Assert.All(after.Where(p => !p.Text.Contains("De afspraak is gepland", StringComparison.Ordinal)), p => Assert.NotEmpty(p.Form("Choice").Choices("Choice")));
        var all = await planning.InDatabase(db => db.Conversations.ToListAsync());
        Assert.Equal(all.Count, all.Select(c => (c.MentalHealthProfessionalId, c.StartsAt)).Distinct().Count());
    }

    [Fact]
    public async Task Two_bookings_of_one_moment_between_look_and_save_make_one_and_the_other_is_told()
    {
        await using var planning = await PlanningHost.Start();
        var (one, other) = (await planning.AReferral(), await planning.AReferral());
        await using var slow = planning.App.Services.CreateAsyncScope();
        var (journey, proposed, free) = await Look(slow.ServiceProvider, one);
        await using var fast = planning.App.Services.CreateAsyncScope();
        var (otherJourney, otherProposed, _) = await Look(fast.ServiceProvider, other);
        await fast.ServiceProvider.GetRequiredService<ScheduleConversation>().Book(otherJourney, otherProposed, otherJourney.Revision, free, "paul", default);

        var refusal = await slow.ServiceProvider.GetRequiredService<ScheduleConversation>().Book(journey, proposed, journey.Revision, free, "petra", default);

        Assert.Equal(ScheduleConversation.Taken, refusal);
        Assert.DoesNotContain(await planning.Told(one), m => m is ConversationScheduled);
    }

    [Fact]
    public async Task Two_bookings_of_one_referral_between_look_and_save_make_one_and_the_other_is_told()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        await using var slow = planning.App.Services.CreateAsyncScope();
        var (journey, proposed, free) = await Look(slow.ServiceProvider, referral);
        await using var fast = planning.App.Services.CreateAsyncScope();
        var (sameJourney, sameProposed, _) = await Look(fast.ServiceProvider, referral);
        await fast.ServiceProvider.GetRequiredService<ScheduleConversation>().Book(sameJourney, sameProposed, sameJourney.Revision, free, "paul", default);

        var refusal = await slow.ServiceProvider.GetRequiredService<ScheduleConversation>().Book(journey, proposed, journey.Revision, free, "petra", default);

        Assert.Equal(PlannerStep.Changed, refusal);
        Assert.Single((await planning.Told(referral)).OfType<ConversationScheduled>());
    }

    [Fact]
    public async Task The_same_click_twice_at_once_is_one_booking_and_both_see_it()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        var form = (await planner.Open($"/planning/referrals/{referral}")).Form("Choice");

        var after = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => planner.Submit(form)));

        Assert.All(after, p => Assert.Contains("De afspraak is gepland", p.Text, StringComparison.Ordinal));
        Assert.Single((await planning.Told(referral)).OfType<ConversationScheduled>());
    }

    [Fact]
    public async Task A_moment_that_is_free_and_no_longer_among_the_best_can_still_be_booked()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        var form = (await planner.Open($"/planning/referrals/{referral}")).Form("Choice");
        var last = (await Free(planning, referral, int.MaxValue)).Candidates[^1];

        var after = await planner.Submit(form, ("Choice", ScheduleModel.KeyOf(last)));

        Assert.DoesNotContain(ScheduleModel.KeyOf(last), form.Choices("Choice"));
        Assert.Contains("De afspraak is gepland", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_that_nobody_offered_is_refused_with_what_is_free()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        var form = (await planner.Open($"/planning/referrals/{referral}")).Form("Choice");

        var after = await planner.Submit(form, ("Choice", $"{Guid.NewGuid():N}@{planning.Clock.GetUtcNow().UtcTicks}"));

        Assert.Contains("niet meer vrij", after.Text, StringComparison.Ordinal);
        Assert.NotEmpty(after.Form("Choice").Choices("Choice"));
    }

    [Fact]
    public async Task Each_look_at_the_resident_is_in_the_audit_also_after_a_refusal()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        var form = (await planner.Open($"/planning/referrals/{referral}")).Form("Choice");

        await planner.Submit(form, ("Choice", "nothing"));

        Assert.Equal(2, await planning.InDatabase(db => db.Audit.CountAsync(a => a.Action == "R" && a.What == $"Referral/{referral}" && a.Who == "petra")));
    }

    [Fact]
    public async Task The_database_refuses_two_conversations_in_one_location()
    {
        await using var planning = await PlanningHost.Start();
        var (one, other) = (await planning.AReferral(), await planning.AReferral());

        await Assert.ThrowsAnyAsync<DbUpdateException>(() => planning.InDatabase(async db =>
        {
            var (a, b) = (await db.Conversations.SingleAsync(c => c.ReferralId == one), await db.Conversations.SingleAsync(c => c.ReferralId == other));
            b.ProposeInstead(new(b.DuoId, Guid.NewGuid(), Guid.NewGuid(), a.LocationId, a.StartsAt, a.EndsAt, 0, []));
            return await db.SaveChangesAsync();
        }));
    }

    [Fact]
    public async Task Without_an_authority_that_gives_a_token_the_page_still_works()
    {
        string[] nobody = ["--Authentication:ClientId=nobody"]; // for whom no token is known yet
        await using var planning = await PlanningHost.Start(nobody, builder => builder.Services.AddHttpClient("token")
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { ConnectCallback = (_, _) => throw new HttpRequestException("away") }));
        var referral = await planning.AReferral();
        using var planner = planning.Planner();

        var page = await planner.Open($"/planning/referrals/{referral}");

        Assert.Contains("nu niet op te halen", page.Text, StringComparison.Ordinal);
        Assert.Equal(FreeMoments.OnOnePage, page.Form("Choice").Choices("Choice").Count); // the proposal and five more
    }

    [Fact]
    public async Task The_database_refuses_a_professional_in_two_places()
    {
        await using var planning = await PlanningHost.Start();
        var (one, other) = (await planning.AReferral(), await planning.AReferral());

        await Assert.ThrowsAnyAsync<DbUpdateException>(() => planning.InDatabase(async db =>
        {
            var (a, b) = (await db.Conversations.SingleAsync(c => c.ReferralId == one), await db.Conversations.SingleAsync(c => c.ReferralId == other));
            b.ProposeInstead(new(a.DuoId, a.MentalHealthProfessionalId, a.SocialDomainProfessionalId, a.LocationId, a.StartsAt, a.EndsAt, 0, []));
            return await db.SaveChangesAsync();
        }));
    }

    private static async Task<(ReferralJourney Journey, Conversation Proposed, Candidate Free)> Look(IServiceProvider services, Guid referral)
    {
        var db = services.GetRequiredService<PlanningDbContext>();
        var journey = await db.Journeys.SingleAsync(j => j.ReferralId == referral);
        var free = (await services.GetRequiredService<FreeMoments>().For(journey, default)).Candidates[^1];
        return (journey, await db.Conversations.SingleAsync(c => c.ReferralId == referral), free);
    }

    private static async Task<Matches> Free(PlanningHost planning, Guid referral, int atMost)
    {
        await using var scope = planning.App.Services.CreateAsyncScope();
        var journey = await scope.ServiceProvider.GetRequiredService<PlanningDbContext>().Journeys.SingleAsync(j => j.ReferralId == referral);
        return await scope.ServiceProvider.GetRequiredService<FreeMoments>().For(journey, default, atMost);
    }

    [Fact]
    public async Task An_unknown_referral_is_not_found()
    {
        await using var planning = await PlanningHost.Start();
        using var planner = planning.Planner();

        Assert.Equal(HttpStatusCode.NotFound, (await planner.Open($"/planning/referrals/{Guid.NewGuid()}")).Status);
    }
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Journey;

public sealed class FollowReferralTests
{
    [Fact]
    public async Task A_withdrawal_frees_the_moment_leaves_the_list_and_is_confirmed()
    {
        await using var planning = await PlanningHost.Start();
        var (referral, other) = (await planning.AReferral(), await planning.AReferral());
        using var planner = planning.Planner();
        await planner.Submit((await planner.Open($"/planning/referrals/{referral}")).Form("Choice"));
        var moment = await Moment(planning, referral);

        await planning.Tell(Withdrawn(planning, referral), Guid.NewGuid());
        await planning.Tell(Withdrawn(planning, referral), Guid.NewGuid());

        Assert.Null(await Moment(planning, referral));
        Assert.Contains($"@{moment!.StartsAt.UtcTicks}", string.Join(' ', (await planner.Open($"/planning/referrals/{other}")).Form("Choice").Choices("Choice")), StringComparison.Ordinal);
        var closed = Assert.Single((await planning.Told(referral)).OfType<ReferralClosed>());
        Assert.Equal((4, ClosingReason.WithdrawnByReferrer), (closed.Sequence, closed.Reason));
        Assert.DoesNotContain(People.Code(referral), (await planner.Open("/planning")).Text, StringComparison.Ordinal);
        var finished = await planner.Open("/planning?show=finished");
        Assert.Contains(People.Code(referral), finished.Text, StringComparison.Ordinal);
        Assert.Contains("Ingetrokken door de huisarts", finished.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_referral_that_left_says_why_and_shows_nobody()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        var form = (await planner.Open($"/planning/referrals/{referral}")).Form("Choice");
        await planning.Tell(Withdrawn(planning, referral), Guid.NewGuid());

        var page = await planner.Open($"/planning/referrals/{referral}");
        var late = await planner.Submit(form, ("Choice", form.Choices("Choice")[0]));

        Assert.Contains("Ingetrokken door de huisarts", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(PlanningHost.Resident, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("De afspraak is gepland", late.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(await planning.Told(referral), m => m is ConversationScheduled);
        Assert.Null(await Moment(planning, referral));
    }

    [Fact]
    public async Task A_withdrawal_that_crosses_with_the_conversation_leaves_it_standing()
    {
        await using var planning = await PlanningHost.Start("--Conversing:AllowEarly=true");
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        await planner.Submit((await planner.Open($"/planning/referrals/{referral}")).Form("Choice"));
        using var professional = planning.Professional("ggz");
        var list = await professional.Open("/planning/conversations");
        await professional.Submit((await professional.Open(list.Link(People.Code(referral)))).Form("Het gesprek is gevoerd"));

        await planning.Tell(Withdrawn(planning, referral), Guid.NewGuid());

        Assert.Equal(ConversationStatus.Held, (await Moment(planning, referral))!.Status);
        Assert.DoesNotContain(await planning.Told(referral), m => m is ReferralClosed);
        Assert.Equal(Stage.AwaitingAdvice, await planning.InDatabase(db => db.Journeys.Where(j => j.ReferralId == referral).Select(j => j.Stage).SingleAsync()));
    }

    [Fact]
    public async Task A_professional_no_longer_finds_a_conversation_that_was_withdrawn()
    {
        await using var planning = await PlanningHost.Start("--Conversing:AllowEarly=true");
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        await planner.Submit((await planner.Open($"/planning/referrals/{referral}")).Form("Choice"));
        using var professional = planning.Professional("ggz");
        var link = (await professional.Open("/planning/conversations")).Link(People.Code(referral));
        var form = (await professional.Open(link)).Form("Het gesprek is gevoerd");
        await planning.Tell(Withdrawn(planning, referral), Guid.NewGuid());

        var late = await professional.Submit(form);

        Assert.Equal(HttpStatusCode.NotFound, late.Status);
        Assert.DoesNotContain(await planning.Told(referral), m => m is ConversationHeld);
    }

    [Fact]
    public async Task A_withdrawal_that_overtakes_the_referral_keeps_it_from_being_planned()
    {
        await using var planning = await PlanningHost.Start();
        var received = Received(planning, Guid.NewGuid());

        await planning.Tell(Withdrawn(planning, received.ReferralId), Guid.NewGuid());
        await planning.Tell(received, Guid.NewGuid());

        Assert.Null(await Moment(planning, received.ReferralId));
        Assert.IsType<ReferralClosed>(Assert.Single(await planning.Told(received.ReferralId)));
    }

    [Fact]
    public async Task A_change_follows_in_the_facts_and_asks_for_another_duo()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        var before = await Moment(planning, referral);

        await planning.Tell(Changed(planning, referral, 3, "tr"), Guid.NewGuid());
        await planning.Tell(Changed(planning, referral, 2, "pl"), Guid.NewGuid()); // older, and told later

        var journey = await planning.InDatabase(db => db.Journeys.SingleAsync(j => j.ReferralId == referral));
        Assert.Equal(("1012", "tr", true, "twijfel"), (journey.PostcodeDigits, journey.Language, journey.IsUrgent, journey.Criteria));
        var proposals = (await planning.Told(referral)).OfType<AssignmentProposed>().ToList();
        Assert.Equal(2, proposals.Count);
        Assert.NotEqual((before!.DuoId, before.StartsAt), (proposals[1].DuoId, proposals[1].StartsAt));
    }

    [Fact]
    public async Task A_change_leaves_a_booked_conversation_as_it_is()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        await planner.Submit((await planner.Open($"/planning/referrals/{referral}")).Form("Choice"));
        var booked = await Moment(planning, referral);

        await planning.Tell(Changed(planning, referral, 2, "tr"), Guid.NewGuid());

        Assert.Equal((booked!.Version, booked.StartsAt), ((await Moment(planning, referral))!.Version, (await Moment(planning, referral))!.StartsAt));
    }

    [Fact]
    public async Task A_change_that_overtakes_the_referral_stands_for_it()
    {
        await using var planning = await PlanningHost.Start();
        var received = Received(planning, Guid.NewGuid());

        await planning.Tell(Changed(planning, received.ReferralId, 2, "tr"), Guid.NewGuid());
        await planning.Tell(received, Guid.NewGuid());

        Assert.Equal("tr", await planning.InDatabase(db => db.Journeys.Where(j => j.ReferralId == received.ReferralId).Select(j => j.Language).SingleAsync()));
        Assert.Single((await planning.Told(received.ReferralId)).OfType<ReferralTakenIn>());
    }

    [Fact]
    public async Task A_supplement_is_seen_on_the_list()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();

        await planning.Tell(new ReferralSupplemented { ReferralId = referral, Sequence = 2, OccurredAt = planning.Clock.GetUtcNow(), DocumentReferenceId = Guid.NewGuid() }, Guid.NewGuid());

        using var planner = planning.Planner();
        Assert.Contains("De huisarts stuurde een aanvulling", (await planner.Open("/planning")).Text, StringComparison.Ordinal);
    }

    private static Task<Conversation?> Moment(PlanningHost planning, Guid referral) =>
        planning.InDatabase(db => db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.ReferralId == referral));

    private static ReferralWithdrawn Withdrawn(PlanningHost planning, Guid referral) =>
        new() { ReferralId = referral, Sequence = 2, OccurredAt = planning.Clock.GetUtcNow(), Reason = ClosingReason.WithdrawnByReferrer };

    private static ReferralChanged Changed(PlanningHost planning, Guid referral, int sequence, string language) => new()
    {
        ReferralId = referral,
        Sequence = sequence,
        OccurredAt = planning.Clock.GetUtcNow(),
        ReceivedAt = planning.Clock.GetUtcNow(),
        Priority = "urgent",
        PostcodeDigits = "1012",
        Language = language,
        Criteria = ["twijfel"],
    };

    private static ReferralReceived Received(PlanningHost planning, Guid referral) =>
        new() { ReferralId = referral, Sequence = 1, OccurredAt = planning.Clock.GetUtcNow(), Priority = "routine", PostcodeDigits = "1182" };
}

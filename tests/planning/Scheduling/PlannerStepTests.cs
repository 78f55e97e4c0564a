using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Tests.Scheduling;

public sealed class PlannerStepTests
{
    [Fact]
    public async Task What_a_planner_does_is_told_only_after_ten_seconds_and_undone_before_that_it_never_was()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        var before = await planning.InDatabase(async db => (await db.Journeys.SingleAsync(), await db.Conversations.SingleAsync()));
        Assert.Null(await planning.Work(referral, At.Book));

        var refusal = await Undo(planning, referral);

        Assert.Null(refusal);
        Assert.DoesNotContain(await planning.Told(referral), m => m is ConversationScheduled);
        var (journey, conversation) = await planning.InDatabase(async db => (await db.Journeys.SingleAsync(), await db.Conversations.SingleAsync()));
        Assert.Equal((Stage.AwaitingSchedule, before.Item1.Told, before.Item1.Steps.Count), (journey.Stage, journey.Told, journey.Steps.Count));
        Assert.Equal((ConversationStatus.Proposed, before.Item2.StartsAt), (conversation.Status, conversation.StartsAt));
        Assert.Null(await planning.Work(referral, At.Book));
    }

    [Fact]
    public async Task After_ten_seconds_nothing_is_undone_and_by_another_never()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        Assert.Null(await planning.Work(referral, At.Book));

        var byAnother = await Undo(planning, referral, "paul");
        planning.Clock.Advance(TimeSpan.FromSeconds(11));
        var late = await Undo(planning, referral);

        Assert.All([byAnother, late], refusal => Assert.Equal(UndoStep.TooLate, refusal));
        Assert.Equal(ConversationStatus.Scheduled, (await planning.InDatabase(db => db.Conversations.SingleAsync())).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("friend")]
    public async Task A_call_that_is_undone_leaves_who_comes_along_as_it_was(string? before)
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        Assert.Null(before is null ? null : await planning.Work(referral, At.Call(true, before)));
        Assert.Null(await planning.Work(referral, At.Call(true, "partner")));
        var said = await Companion(planning);

        var refusal = await Undo(planning, referral);

        Assert.Null(refusal);
        Assert.Equal(("partner", before), (said, await Companion(planning)));
    }

    [Fact]
    public async Task What_the_resident_said_by_the_link_since_the_call_is_not_undone_with_it()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        Assert.Null(await planning.Work(referral, At.Call(true, "partner")));
        await planning.InDatabase(async db =>
        {
            (await db.ResidentAnswers.SingleAsync()).Say("family", null, ["hearing"], planning.Clock.GetUtcNow());
            return await db.SaveChangesAsync();
        });

        var refusal = await Undo(planning, referral);

        Assert.Equal((UndoStep.TooLate, "family"), (refusal, await Companion(planning)));
        Assert.Contains(await planning.Told(referral), m => m is ResidentCalled);
    }

    [Fact]
    public async Task A_withdrawal_that_is_undone_has_its_moment_back_unless_it_was_given_away()
    {
        await using var planning = await PlanningHost.Start();
        var (referral, other) = (await planning.AReferral(), await planning.AReferral());
        Assert.Null(await planning.Work(referral, At.Book));
        var booked = await planning.InDatabase(db => db.Conversations.SingleAsync(c => c.ReferralId == referral));
        Assert.Null(await planning.Work(referral, At.Withdraw));
        Assert.Null(await Undo(planning, referral));
        var back = await planning.InDatabase(db => db.Conversations.SingleAsync(c => c.ReferralId == referral));
        Assert.Null(await planning.Work(referral, At.Withdraw));
        Assert.Null(await planning.Work(other, (s, j, c, by) => s.GetRequiredService<ScheduleConversation>().Book(j, c, j.Revision, Same(booked), by, default)));

        var refusal = await Undo(planning, referral);

        Assert.Equal((booked.Id, booked.StartsAt, ConversationStatus.Scheduled), (back.Id, back.StartsAt, back.Status));
        Assert.Equal(UndoStep.GivenAway, refusal);
        Assert.Equal(2, (await planning.Told(referral)).Count(m => m is ResidentWithdrew or ReferralClosed));
    }

    [Fact]
    public async Task A_conversation_is_moved_and_one_of_the_two_replaced_and_each_is_told()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        Assert.Null(await planning.Work(referral, At.Book));
        var booked = await planning.InDatabase(db => db.Conversations.SingleAsync());

        Assert.Null(await planning.Work(referral, At.Move));
        Assert.Null(await planning.Work(referral, At.Replace));

        var told = await planning.Told(referral);
        var moved = Assert.Single(told.OfType<ConversationRescheduled>());
        var replaced = Assert.Single(told.OfType<ProfessionalReplaced>());
        var now = await planning.InDatabase(db => db.Conversations.SingleAsync());
        Assert.Equal((booked.Id, 2, moved.StartsAt), (now.Id, now.Sequence, now.StartsAt));
        Assert.NotEqual(booked.StartsAt, now.StartsAt);
        Assert.Equal((moved.MentalHealthProfessionalId, now.MentalHealthProfessionalId), (replaced.ReplacedProfessionalId, replaced.MentalHealthProfessionalId));
        Assert.Equal([.. Enumerable.Range(1, 5)], told.Select(m => (int)m.GetType().GetProperty("Sequence")!.GetValue(m)!));
    }

    [Fact]
    public async Task Who_does_not_come_twice_can_be_closed_and_not_before()
    {
        await using var planning = await PlanningHost.Start("--Planning:NoShows=2");
        var referral = await planning.AReferral();
        string? early = null;
        for (var i = 0; i < 2; i++)
        {
            Assert.Null(await planning.Work(referral, At.Book));
            early ??= await planning.Work(referral, At.Close(ClosingReason.NotAttended));
            planning.Clock.SetUtcNow((await planning.InDatabase(db => db.Conversations.SingleAsync())).StartsAt.AddMinutes(20));
            Assert.Null(await planning.Work(referral, At.Miss));
        }

        var closed = await planning.Work(referral, At.Close(ClosingReason.NotAttended));

        Assert.Contains("0 van de 2 keer niet", early, StringComparison.Ordinal);
        Assert.Null(closed);
        var told = await planning.Told(referral);
        Assert.Equal(2, told.OfType<ConversationNotHeld>().Select(m => m.ConversationId).Distinct().Count());
        Assert.Equal(ClosingReason.NotAttended, Assert.Single(told.OfType<ReferralClosed>()).Reason);
        Assert.Equal(2, await planning.InDatabase(db => db.MissedConversations.CountAsync(m => m.Because == MissedBecause.NotAttended)));
    }

    [Fact]
    public async Task Who_cannot_be_reached_is_called_three_times_first()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        Assert.Null(await planning.Work(referral, At.Call(false)));
        Assert.Null(await planning.Work(referral, At.Call(false)));
        var early = await planning.Work(referral, At.Close(ClosingReason.Unreachable));
        Assert.Null(await planning.Work(referral, At.Call(false)));

        var closed = await planning.Work(referral, At.Close(ClosingReason.Unreachable));

        Assert.Contains("2 van de 3 keer", early, StringComparison.Ordinal);
        Assert.Null(closed);
        Assert.Empty(await planning.InDatabase(db => db.Conversations.ToListAsync())); // the proposed moment is free for others
    }

    [Fact]
    public async Task A_paused_referral_waits_without_a_moment_and_goes_on_with_one()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        Assert.Null(await planning.Work(referral, (s, j, _, by) => s.GetRequiredService<WorkOnReferral>().Pause(j, j.Revision, null, "na de operatie", by, default)));
        var refused = await planning.Work(referral, At.Book);
        var free = await planning.InDatabase(db => db.Conversations.CountAsync());

        Assert.Null(await planning.Work(referral, (s, j, _, by) => s.GetRequiredService<WorkOnReferral>().Resume(j, j.Revision, by, default)));

        Assert.Contains("Nu kan wel: weer oppakken", refused, StringComparison.Ordinal);
        Assert.Equal((0, 1), (free, await planning.InDatabase(db => db.Conversations.CountAsync())));
        Assert.DoesNotContain("operatie", string.Join(' ', await planning.InDatabase(db => db.Outbox.Select(m => m.Body).ToListAsync())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_huisarts_was_asked_for_waits_until_a_supplement_comes()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();

        Assert.Null(await planning.Work(referral, (s, j, _, by) => s.GetRequiredService<WorkOnReferral>().Ask(j, j.Revision, ["telephone"], by, default)));
        var waiting = (await planning.InDatabase(db => db.Journeys.SingleAsync())).Missing;
        await planning.Tell(new Contracts.ReferralIntake.ReferralSupplemented { ReferralId = referral, Sequence = 2, OccurredAt = planning.Clock.GetUtcNow(), DocumentReferenceId = Guid.NewGuid() }, Guid.NewGuid());

        Assert.Equal(["telephone"], Assert.Single((await planning.Told(referral)).OfType<InformationRequested>()).Missing);
        Assert.Equal("telephone", waiting);
        Assert.Null((await planning.InDatabase(db => db.Journeys.SingleAsync())).Missing);
    }

    private static Task<string?> Companion(PlanningHost planning) => planning.InDatabase(db => db.ResidentAnswers.Select(a => a.Companion).SingleOrDefaultAsync());

    private static async Task<string?> Undo(PlanningHost planning, Guid referral, string by = "petra")
    {
        await using var scope = planning.App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UndoStep>().Undo(referral, by, default);
    }

    private static Candidate Same(Conversation c) => new(
        c.DuoId, c.MentalHealthProfessionalId, c.SocialDomainProfessionalId, c.LocationId, c.StartsAt, c.EndsAt, 0, []);
}

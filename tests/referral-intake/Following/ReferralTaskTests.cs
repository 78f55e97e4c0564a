using VGIntegration.ReferralIntake.Following;
using static VGIntegration.ReferralIntake.Following.ReferralEvent;

namespace VGIntegration.ReferralIntake.Tests.Following;

public sealed class ReferralTaskTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private static readonly HappenedEvent[] WholeRoad =
    [
        Planning(1, TakenIn, Role.System),
        Planning(2, DuoProposed, Role.System),
        Planning(3, ConversationScheduled, Role.Planner) with { MentalHealthProfessionalId = Guid.NewGuid(), SocialDomainProfessionalId = Guid.NewGuid() },
        Planning(4, ConversationHeld, Role.Professional),
        new("feedback", 1, AdviceSigned, Role.Professional, Now.AddMinutes(5)),
        new("feedback", 2, AdviceReturned, Role.System, Now.AddMinutes(6)) { DocumentReferenceId = "letter-1" },
    ];

    [Fact]
    public void Every_order_of_arrival_ends_the_same()
    {
        foreach (var order in Orders(WholeRoad))
        {
            var task = Open();

            foreach (var happened in order)
            {
                task.Record(happened, Now);
                task.Record(happened, Now); // and each twice
            }

            Assert.Equal((ReferralState.AdviceReturned, "letter-1", 6), (task.State, task.DocumentReferenceId, task.Events.Count));
            Assert.Equal(WholeRoad[2].MentalHealthProfessionalId, task.MentalHealthProfessionalId);
        }
    }

    [Fact]
    public void After_the_end_another_letter_counts_or_none_in_whatever_order_it_is_told()
    {
        HappenedEvent[] after =
        [
            WholeRoad[5],
            new("feedback", 3, AdviceCorrected, Role.System, Now.AddMinutes(7)) { DocumentReferenceId = "letter-2" },
            new("feedback", 4, AdviceCorrected, Role.System, Now.AddMinutes(8)),
        ];
        foreach (var order in Orders(after))
        {
            var task = Open(WholeRoad[..5]);

            foreach (var happened in order)
            {
                task.Record(happened, Now);
            }

            Assert.Equal((ReferralState.AdviceReturned, null, null), (task.State, task.DocumentReferenceId, task.NewestLetter));
        }

        var corrected = Open([.. WholeRoad, after[1]]);
        Assert.Equal(("letter-2", "letter-2"), (corrected.DocumentReferenceId, corrected.NewestLetter));
    }

    [Fact]
    public void An_early_event_waits_for_the_one_before_it_and_is_no_version_yet()
    {
        var task = Open();

        var unseen = task.Record(WholeRoad[1], Now);
        var early = (task.State, task.Version);
        var superseded = task.Record(WholeRoad[0], Now);

        Assert.Null(unseen);
        Assert.Equal((ReferralState.Registered, 1), early);
        Assert.Equal((ReferralState.Registered, 1), (superseded!.State, superseded.Version));
        Assert.Equal((ReferralState.DuoProposed, 2), (task.State, task.Version));
    }

    [Fact]
    public void After_a_pause_it_goes_on_where_it_was()
    {
        var task = Open(WholeRoad[..3]);

        task.Record(Planning(4, Paused, Role.Planner), Now);
        var paused = task.State;
        task.Record(Planning(5, Resumed, Role.Planner), Now);

        Assert.Equal((ReferralState.Paused, ReferralState.AppointmentBooked), (paused, task.State));
    }

    [Fact]
    public void A_withdrawal_that_crosses_with_a_booking_stays_a_withdrawal()
    {
        var task = Open(WholeRoad[..2]);

        task.Act(WithdrawnByReferrer, Now.AddMinutes(10));
        var answered = task.State;
        task.Record(WholeRoad[2], Now.AddMinutes(11)); // booked before the huisarts withdrew, told after

        Assert.Equal((ReferralState.WithdrawnByReferrer, ReferralState.WithdrawnByReferrer), (answered, task.State));
    }

    [Theory]
    [InlineData(3)] // held before the huisarts withdrew, told after
    [InlineData(30)] // planning had not heard of the withdrawal yet
    public void A_withdrawal_that_crosses_with_the_conversation_gives_way_to_it(int heldAfter)
    {
        var task = Open(WholeRoad[..2]);

        task.Act(WithdrawnByReferrer, Now.AddMinutes(10));
        task.Record(WholeRoad[2], Now);
        task.Record(WholeRoad[3] with { OccurredAt = Now.AddMinutes(heldAfter) }, Now);
        task.Record(WholeRoad[4] with { OccurredAt = Now.AddMinutes(40) }, Now);

        Assert.Equal(ReferralState.AdviceInPreparation, task.State);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    public void A_cancellation_that_crosses_with_the_conversation_gives_way_to_it(int heldAfter)
    {
        var task = Open(WholeRoad[..3]);

        task.Act(CancellationRequested, Now.AddMinutes(10));
        var asked = task.State;
        task.Record(WholeRoad[3] with { OccurredAt = Now.AddMinutes(heldAfter) }, Now);

        Assert.Equal((ReferralState.CancellationRequested, ReferralState.ConversationHeld), (asked, task.State));
    }

    [Fact]
    public void What_was_told_before_a_later_step_of_the_same_publisher_does_not_come_back()
    {
        var task = Open([.. WholeRoad[..3], Planning(4, ResidentReached, Role.Planner), Planning(5, NotAttended, Role.Professional)]);

        task.Record(Planning(6, ConversationScheduled, Role.Planner), Now);

        Assert.Equal(ReferralState.AppointmentBooked, task.State);
    }

    [Fact]
    public void What_the_huisarts_does_counts_after_all_that_could_be_seen_though_a_clock_is_ahead()
    {
        var task = Open([.. WholeRoad[..2], Planning(3, InformationRequested, Role.Planner) with { OccurredAt = Now.AddHours(1) }]);

        task.Act(Supplemented, Now.AddMinutes(30));

        Assert.Equal(ReferralState.TakenIn, task.State);
    }

    private static HappenedEvent Planning(int sequence, ReferralEvent happened, Role by) =>
        new("planning", sequence, happened, by, Now.AddMinutes(sequence));

    private static ReferralTask Open(params HappenedEvent[] happened)
    {
        var task = ReferralTask.Open(Guid.NewGuid(), Guid.NewGuid(), Now);
        Array.ForEach(happened, h => task.Record(h, Now));
        return task;
    }

    private static IEnumerable<HappenedEvent[]> Orders(HappenedEvent[] events) => events.Length == 0
        ? [[]]
        : events.SelectMany(first => Orders([.. events.Where(e => e != first)]), (first, rest) => (HappenedEvent[])[first, .. rest]);
}

using VGIntegration.ReferralIntake.Following;

namespace VGIntegration.ReferralIntake.Tests.Following;

public sealed class ReferralTaskTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private static readonly HappenedEvent[] WholeRoad =
    [
        new("planning", 1, ReferralEvent.TakenIn, Now),
        new("planning", 2, ReferralEvent.DuoProposed, Now.AddMinutes(1)),
        new("planning", 3, ReferralEvent.ConversationScheduled, Now.AddMinutes(2)),
        new("planning", 4, ReferralEvent.ConversationHeld, Now.AddMinutes(3)),
        new("feedback", 1, ReferralEvent.AdviceSigned, Now.AddMinutes(4)),
        new("feedback", 2, ReferralEvent.AdviceReturned, Now.AddMinutes(5)),
    ];

    [Theory]
    [InlineData(ReferralState.Registered, "TakenIn")]
    [InlineData(ReferralState.TakenIn, "DuoProposed")]
    [InlineData(ReferralState.DuoProposed, "DuoProposed ConversationScheduled")]
    [InlineData(ReferralState.AppointmentBooked, "ConversationScheduled ConversationHeld")]
    [InlineData(ReferralState.ConversationHeld, "AdviceSigned")]
    [InlineData(ReferralState.AdviceInPreparation, "AdviceReturned")]
    [InlineData(ReferralState.AdviceReturned, "")]
    public void Each_state_allows_just_these_events(object state, string allowed)
    {
        var found = Enum.GetValues<ReferralEvent>().Where(e => ReferralTask.Allows((ReferralState)state, e));

        Assert.Equal(allowed, string.Join(' ', found));
    }

    [Fact]
    public void Every_order_of_arrival_ends_the_same()
    {
        foreach (var order in Orders(WholeRoad))
        {
            var task = ReferralTask.Open(Guid.NewGuid(), Guid.NewGuid(), Now);

            foreach (var happened in order)
            {
                task.Record(happened, Now);
                task.Record(happened, Now); // and each twice
            }

            Assert.Equal((ReferralState.AdviceReturned, 7), (task.State, task.Version));
        }
    }

    [Fact]
    public void An_early_event_waits_for_the_one_before_it()
    {
        var task = ReferralTask.Open(Guid.NewGuid(), Guid.NewGuid(), Now);

        task.Record(WholeRoad[1], Now);
        var early = task.State;
        task.Record(WholeRoad[0], Now);

        Assert.Equal((ReferralState.Registered, ReferralState.DuoProposed), (early, task.State));
    }

    private static IEnumerable<HappenedEvent[]> Orders(HappenedEvent[] events) => events.Length == 0
        ? [[]]
        : events.SelectMany(first => Orders([.. events.Where(e => e != first)]), (first, rest) => (HappenedEvent[])[first, .. rest]);
}

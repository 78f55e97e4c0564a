using VGIntegration.Planning.Journey;

namespace VGIntegration.Planning.Tests.Journey;

public sealed class ReferralJourneyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly Step[] WholeRoad = [Step.AssignmentProposed, Step.ConversationScheduled, Step.ConversationHeld, Step.AdviceSigned, Step.AdviceReturned];

    [Theory]
    [InlineData(Stage.AwaitingMatch, "AssignmentProposed ReferrerWithdrew PlanningStarted ResidentReached ResidentNotReached InformationRequested WishesTold Paused Resumed ResidentWithdrew Closed")]
    [InlineData(Stage.AwaitingSchedule, "AssignmentProposed ConversationScheduled ReferrerWithdrew PlanningStarted ResidentReached ResidentNotReached InformationRequested WishesTold Paused Resumed ResidentWithdrew Closed ProfessionalAgreed ProfessionalDeclined AssignmentAccepted")]
    [InlineData(Stage.AwaitingConversation, "ConversationHeld ReferrerWithdrew PlanningStarted ResidentReached ResidentNotReached InformationRequested ConversationRescheduled ProfessionalReplaced NotAttended WishesTold Paused Resumed ResidentWithdrew Closed")]
    [InlineData(Stage.AwaitingAdvice, "AdviceSigned")]
    [InlineData(Stage.AwaitingReturn, "AdviceReturned")]
    [InlineData(Stage.Completed, "")]
    [InlineData(Stage.Closed, "")]
    public void Each_stage_allows_just_these_steps(object stage, string allowed) =>
        Assert.Equal(allowed, string.Join(' ', Enum.GetValues<Step>().Where(s => ReferralJourney.Allows((Stage)stage, s))));

    [Fact]
    public void Every_order_in_which_steps_are_told_ends_at_the_same_stage()
    {
        foreach (var order in Orders(WholeRoad))
        {
            var journey = AJourney();

            foreach (var step in order)
            {
                journey.Record(step, Now.AddMinutes(Array.IndexOf(WholeRoad, step)));
            }

            Assert.Equal(Stage.Completed, journey.Stage);
        }
    }

    [Fact]
    public void A_letter_that_does_not_arrive_is_seen_until_it_does()
    {
        var journey = AJourney();
        WholeRoad.SkipLast(1).ToList().ForEach(s => journey.Record(s, Now));

        journey.CannotReturn("unreachable");
        var seen = journey.Undeliverable;
        journey.Record(Step.AdviceReturned, Now);
        journey.CannotReturn("unreachable"); // an old message that comes late

        Assert.Equal(("unreachable", null), (seen, journey.Undeliverable));
    }

    [Fact]
    public void A_letter_that_arrived_is_not_in_trouble_whatever_is_told_first()
    {
        var journey = AJourney();
        WholeRoad.SkipLast(2).ToList().ForEach(s => journey.Record(s, Now));

        journey.Record(Step.AdviceReturned, Now.AddHours(2));
        journey.CannotReturn("unreachable");
        journey.Record(Step.AdviceSigned, Now.AddHours(1));

        Assert.Equal((Stage.Completed, null), (journey.Stage, journey.Undeliverable));
    }

    private static ReferralJourney AJourney() => ReferralJourney.Begin(Guid.NewGuid(), Now, "routine", null, null, []);

    private static IEnumerable<Step[]> Orders(Step[] steps) => steps.Length == 0
        ? [[]]
        : steps.SelectMany(first => Orders([.. steps.Where(s => s != first)]), (first, rest) => (Step[])[first, .. rest]);
}

using MassTransit;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.Planning;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Supplementing;

namespace VGIntegration.ReferralIntake.Following;

/// <summary>Moves the Task with what planning and feedback tell.</summary>
internal sealed class FollowReferral(IntakeDbContext db, TimeProvider clock) :
    IConsumer<ReferralTakenIn>, IConsumer<InformationRequested>, IConsumer<PlanningStarted>, IConsumer<PlanningPaused>,
    IConsumer<PlanningResumed>, IConsumer<AssignmentProposed>, IConsumer<AssignmentAccepted>, IConsumer<ResidentCalled>,
    IConsumer<ConversationScheduled>, IConsumer<ConversationRescheduled>, IConsumer<ProfessionalReplaced>,
    IConsumer<ConversationNotHeld>, IConsumer<ConversationHeld>, IConsumer<ResidentWithdrew>, IConsumer<ReferralClosed>,
    IConsumer<AdviceBegun>, IConsumer<AdviceSigned>, IConsumer<AdviceReturned>, IConsumer<AdviceCorrected>
{
    public Task Consume(ConsumeContext<ReferralTakenIn> context) => Record(context, context.Message.ReferralId,
        Planning(context.Message.Sequence, ReferralEvent.TakenIn, Role.System, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<InformationRequested> context) => Record(context, context.Message.ReferralId,
        Planning(context.Message.Sequence, ReferralEvent.InformationRequested, Role.Planner, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<PlanningStarted> context) => Record(context, context.Message.ReferralId,
        Planning(context.Message.Sequence, ReferralEvent.PlanningStarted, Role.Planner, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<PlanningPaused> context) => Record(context, context.Message.ReferralId,
        Planning(context.Message.Sequence, ReferralEvent.Paused, Role.Planner, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<PlanningResumed> context) => Record(context, context.Message.ReferralId,
        Planning(context.Message.Sequence, ReferralEvent.Resumed, Role.Planner, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<AssignmentProposed> context) => Record(context, context.Message.ReferralId,
        Planning(context.Message.Sequence, ReferralEvent.DuoProposed, Role.System, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<AssignmentAccepted> context) => Record(context, context.Message.ReferralId,
        Planning(context.Message.Sequence, ReferralEvent.DuoConfirmed, Role.Professional, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<ResidentCalled> context) => Record(context, context.Message.ReferralId,
        Planning(context.Message.Sequence, context.Message.IsReached ? ReferralEvent.ResidentReached : ReferralEvent.ResidentNotReached,
            Role.Planner, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<ConversationScheduled> context) => Record(context, context.Message.ReferralId,
        Planning(context.Message.Sequence, ReferralEvent.ConversationScheduled, Role.Planner, context.Message.OccurredAt) with
        {
            MentalHealthProfessionalId = context.Message.MentalHealthProfessionalId,
            SocialDomainProfessionalId = context.Message.SocialDomainProfessionalId,
        });

    public Task Consume(ConsumeContext<ConversationRescheduled> context) => Record(context, context.Message.ReferralId,
        Planning(context.Message.Sequence, ReferralEvent.ConversationMoved, Role.Planner, context.Message.OccurredAt) with
        {
            MentalHealthProfessionalId = context.Message.MentalHealthProfessionalId,
            SocialDomainProfessionalId = context.Message.SocialDomainProfessionalId,
        });

    public Task Consume(ConsumeContext<ProfessionalReplaced> context) => Record(context, context.Message.ReferralId,
        Planning(context.Message.Sequence, ReferralEvent.ProfessionalReplaced, Role.Planner, context.Message.OccurredAt) with
        {
            MentalHealthProfessionalId = context.Message.MentalHealthProfessionalId,
            SocialDomainProfessionalId = context.Message.SocialDomainProfessionalId,
        });

    public Task Consume(ConsumeContext<ConversationNotHeld> context) => Record(context, context.Message.ReferralId,
        Planning(context.Message.Sequence, ReferralEvent.NotAttended, Role.Professional, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<ConversationHeld> context) => Record(context, context.Message.ReferralId,
        Planning(context.Message.Sequence, ReferralEvent.ConversationHeld, Role.Professional, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<ResidentWithdrew> context) => Record(context, context.Message.ReferralId,
        Planning(context.Message.Sequence, ReferralEvent.ResidentWithdrew, Role.Planner, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<ReferralClosed> context) => Record(context, context.Message.ReferralId,
        Planning(context.Message.Sequence, EventOf(context.Message.Reason), Role.Planner, context.Message.OccurredAt) with
        {
            ClosedBecause = context.Message.Reason,
        });

    public Task Consume(ConsumeContext<AdviceBegun> context) => Record(context, context.Message.ReferralId,
        Feedback(context.Message.Sequence, ReferralEvent.AdviceBegun, Role.Professional, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<AdviceSigned> context) => Record(context, context.Message.ReferralId,
        Feedback(context.Message.Sequence, ReferralEvent.AdviceSigned, Role.Professional, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<AdviceReturned> context) => Record(context, context.Message.ReferralId,
        Feedback(context.Message.Sequence, ReferralEvent.AdviceReturned, Role.System, context.Message.OccurredAt) with
        {
            DocumentReferenceId = context.Message.DocumentReferenceId,
        },
        task => Letters.Keep(db, task, context.Message.DocumentReferenceId, clock.GetUtcNow(), context.CancellationToken));

    public Task Consume(ConsumeContext<AdviceCorrected> context) => Record(context, context.Message.ReferralId,
        Feedback(context.Message.Sequence, ReferralEvent.AdviceCorrected, Role.System, context.Message.OccurredAt) with
        {
            DocumentReferenceId = context.Message.DocumentReferenceId,
        },
        task => context.Message.DocumentReferenceId is { } letter
            ? Letters.Keep(db, task, letter, clock.GetUtcNow(), context.CancellationToken)
            : Letters.TakeBack(
                db, task, context.Message.ReplacedDocumentReferenceId, clock.GetUtcNow(), context.CancellationToken));

    internal static ReferralEvent EventOf(string closingReason) => closingReason switch
    {
        ClosingReason.WithdrawnByReferrer or ClosingReason.EnteredInError => ReferralEvent.ClosedForReferrer,
        ClosingReason.WithdrawnByResident => ReferralEvent.ClosedForResident,
        ClosingReason.Unreachable or ClosingReason.NotAttended => ReferralEvent.NoConversation,
        ClosingReason.OutsideRegion or ClosingReason.Duplicate or ClosingReason.Deceased or ClosingReason.Other => ReferralEvent.Rejected,
        _ => throw new ArgumentOutOfRangeException(nameof(closingReason), closingReason, "A reason that the agreement does not know."),
    };

    private static HappenedEvent Planning(int sequence, ReferralEvent happened, Role by, DateTimeOffset at) => new("planning", sequence, happened, by, at);

    private static HappenedEvent Feedback(int sequence, ReferralEvent happened, Role by, DateTimeOffset at) => new("feedback", sequence, happened, by, at);

    private async Task Record(ConsumeContext context, Guid referralId, HappenedEvent happened, Func<ReferralTask, Task>? along = null)
    {
        var ct = context.CancellationToken;
        if (await db.Erasures.AnyAsync(e => e.ReferralId == referralId, ct))
        {
            return; // it is gone for good
        }

        var task = await db.Tasks.SingleAsync(t => t.ReferralId == referralId, ct);
        await Progress.Record(db, task, happened, clock.GetUtcNow(), ct);
        await (along?.Invoke(task) ?? Task.CompletedTask);
        await db.SaveChangesAsync(ct);
    }
}

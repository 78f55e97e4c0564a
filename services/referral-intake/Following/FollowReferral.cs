using MassTransit;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.Planning;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Following;

/// <summary>Moves the Task with what planning and feedback tell.</summary>
internal sealed class FollowReferral(IntakeDbContext db, TimeProvider clock) :
    IConsumer<ReferralTakenIn>, IConsumer<AssignmentProposed>, IConsumer<ConversationScheduled>, IConsumer<ConversationHeld>,
    IConsumer<AdviceSigned>, IConsumer<AdviceReturned>
{
    private const string Planning = "planning";
    private const string Feedback = "feedback";

    public Task Consume(ConsumeContext<ReferralTakenIn> context) => Record(context.Message.ReferralId,
        new(Planning, context.Message.Sequence, ReferralEvent.TakenIn, context.Message.OccurredAt), context.CancellationToken);

    public Task Consume(ConsumeContext<AssignmentProposed> context) => Record(context.Message.ReferralId,
        new(Planning, context.Message.Sequence, ReferralEvent.DuoProposed, context.Message.OccurredAt), context.CancellationToken);

    public Task Consume(ConsumeContext<ConversationScheduled> context) => Record(context.Message.ReferralId,
        new(Planning, context.Message.Sequence, ReferralEvent.ConversationScheduled, context.Message.OccurredAt), context.CancellationToken);

    public Task Consume(ConsumeContext<ConversationHeld> context) => Record(context.Message.ReferralId,
        new(Planning, context.Message.Sequence, ReferralEvent.ConversationHeld, context.Message.OccurredAt), context.CancellationToken);

    public Task Consume(ConsumeContext<AdviceSigned> context) => Record(context.Message.ReferralId,
        new(Feedback, context.Message.Sequence, ReferralEvent.AdviceSigned, context.Message.OccurredAt), context.CancellationToken);

    public Task Consume(ConsumeContext<AdviceReturned> context) => Record(context.Message.ReferralId,
        new(Feedback, context.Message.Sequence, ReferralEvent.AdviceReturned, context.Message.OccurredAt), context.CancellationToken,
        context.Message.DocumentReferenceId);

    private async Task Record(Guid referralId, HappenedEvent happened, CancellationToken ct, string? documentReferenceId = null)
    {
        var task = await db.Tasks.SingleAsync(t => t.ReferralId == referralId, ct);
        task.Record(happened, clock.GetUtcNow(), documentReferenceId);
        await db.SaveChangesAsync(ct);
    }
}

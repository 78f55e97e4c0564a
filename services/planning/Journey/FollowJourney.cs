using MassTransit;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Planning.Keeping;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Journey;

/// <summary>Keeps the journey up to date with what happens after the conversation.</summary>
internal sealed class FollowJourney(PlanningDbContext db) :
    IConsumer<AdviceSigned>, IConsumer<AdviceReturned>, IConsumer<AdviceUndeliverable>,
    IConsumer<LetterUndeliverable>, IConsumer<LetterSettled>
{
    public Task Consume(ConsumeContext<AdviceSigned> context) => Change(
        context.Message.ReferralId, j => j.Record(Step.AdviceSigned, context.Message.OccurredAt), context.CancellationToken);

    public Task Consume(ConsumeContext<AdviceReturned> context) => Change(
        context.Message.ReferralId, j => j.Record(Step.AdviceReturned, context.Message.OccurredAt), context.CancellationToken);

    public Task Consume(ConsumeContext<AdviceUndeliverable> context) => Change(
        context.Message.ReferralId, j => j.CannotReturn(context.Message.Reason), context.CancellationToken);

    public Task Consume(ConsumeContext<LetterUndeliverable> context) => Change(
        context.Message.ReferralId,
        j => j.LetterStuck(new StuckLetter($"{context.Message.DeliveryId:N}", context.Message.Kind, context.Message.Reason), context.Message.OccurredAt),
        context.CancellationToken);

    public Task Consume(ConsumeContext<LetterSettled> context) => Change(
        context.Message.ReferralId, j => j.LetterSettled(context.Message.DeliveryId, context.Message.OccurredAt), context.CancellationToken);

    private async Task Change(Guid referralId, Action<ReferralJourney> change, CancellationToken ct)
    {
        if (await db.IsErased(referralId, ct))
        {
            return; // it is gone for good
        }

        change(await db.Journeys.SingleAsync(j => j.ReferralId == referralId, ct));
        await db.SaveChangesAsync(ct);
    }
}

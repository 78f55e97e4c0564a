using MassTransit;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.Planning;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Requesting;

/// <summary>Planning and feedback tell that it is gone there too.</summary>
internal sealed class ConfirmErasure(IntakeDbContext db) : IConsumer<ErasedInPlanning>, IConsumer<ErasedInFeedback>
{
    public Task Consume(ConsumeContext<ErasedInPlanning> context) => Confirm(
        context.Message.ReferralId, e => e.ConfirmPlanning(context.Message.Rows, context.Message.OccurredAt), context.CancellationToken);

    public Task Consume(ConsumeContext<ErasedInFeedback> context) => Confirm(
        context.Message.ReferralId, e => e.ConfirmFeedback(context.Message.Rows, context.Message.OccurredAt), context.CancellationToken);

    private async Task Confirm(Guid referralId, Action<Erasure> confirm, CancellationToken ct)
    {
        confirm(await db.Erasures.SingleAsync(e => e.ReferralId == referralId, ct));
        await db.SaveChangesAsync(ct);
    }
}

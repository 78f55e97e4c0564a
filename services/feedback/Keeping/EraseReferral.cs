using MassTransit;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.HandingOver;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Keeping;

/// <summary>Intake erased a referral: here it goes too, whole, and intake is told so. The audit stays.</summary>
internal sealed class EraseReferral(FeedbackDbContext db, ISecureMail mail, TimeProvider clock) : IConsumer<ReferralErased>
{
    public async Task Consume(ConsumeContext<ReferralErased> context)
    {
        var (id, ct, now) = (context.Message.ReferralId, context.CancellationToken, clock.GetUtcNow());
        if (await db.Deliveries.AnyAsync(d => d.ReferralId == id && d.State == DeliveryState.Waiting && d.LeasedUntil > now, ct))
        {
            throw new InvalidOperationException("What is being sent at this moment is not erased; this message is tried again.");
        }

        var told = await db.Deliveries.Where(d => d.ReferralId == id).MaxAsync(d => (int?)d.Sequence, ct) ?? BeginAdvice.Sequence;
        await FeedbackRecord.RemoveMailed(db, mail, [id], ct);
        var removed = await FeedbackRecord.Whole.Remove(db, [id], ct); // in the transaction of the inbox
        if (!await db.Set<ErasedReferral>().AnyAsync(e => e.ReferralId == id, ct))
        {
            db.Add(ErasedReferral.Of(id, now));
        }

        db.Audit.Add(AuditEntry.Of("D", "referral-intake", $"Referral/{id}", context.Message.Reason, now));
        db.PublishOnSave(new ErasedInFeedback
        {
            ReferralId = id,
            Sequence = told + 1,
            OccurredAt = now,
            Rows = removed.Sum(r => r.Rows),
        });
        await db.SaveChangesAsync(ct);
    }
}

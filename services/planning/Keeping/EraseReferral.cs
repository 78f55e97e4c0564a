using MassTransit;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Keeping;

/// <summary>Intake erased a referral: here it goes too, whole, and intake is told so. The audit stays.</summary>
internal sealed class EraseReferral(PlanningDbContext db, TimeProvider clock) : IConsumer<ReferralErased>
{
    public async Task Consume(ConsumeContext<ReferralErased> context)
    {
        var (id, ct, now) = (context.Message.ReferralId, context.CancellationToken, clock.GetUtcNow());
        var journey = await db.Journeys.AsNoTracking().SingleOrDefaultAsync(j => j.ReferralId == id, ct);
        if (journey is { IsEnded: false }) // a letter that does not arrive is feedback's to judge
        {
            // The message that ends it is in another queue and is on its way: until then this one is tried again.
            throw new InvalidOperationException("A referral that is still on the work list is not erased.");
        }

        var removed = await PlanningRecord.Whole.Remove(db, [id], ct); // in the transaction of the inbox
        if (!await db.Set<ErasedReferral>().AnyAsync(e => e.ReferralId == id, ct))
        {
            db.Add(ErasedReferral.Of(id, now));
        }

        db.Audit.Add(AuditEntry.Of("D", "referral-intake", $"Referral/{id}", context.Message.Reason, now));
        db.PublishOnSave(new ErasedInPlanning
        {
            ReferralId = id,
            Sequence = (journey?.Told ?? 0) + 1,
            OccurredAt = now,
            Rows = removed.Sum(r => r.Rows),
        });
        await db.SaveChangesAsync(ct);
    }
}

using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.Advising;

/// <summary>Puts the letter of an edition on its way, in the same save as the mark that made it final.</summary>
internal sealed class FinishAdvice(FeedbackDbContext db, TimeProvider clock)
{
    /// <summary>Called after each change that may have been the last one; does nothing when it was not.</summary>
    public async Task Run(Advice advice, CancellationToken ct)
    {
        db.ChangeTracker.DetectChanges();
        if (advice.Editions.FirstOrDefault(e => db.Entry(e).State is EntityState.Added) is not { } edition)
        {
            return;
        }

        var now = clock.GetUtcNow();
        await DropOlder(db, edition, now, ct);
        var told = await db.Deliveries.Where(d => d.AdviceId == advice.Id).MaxAsync(d => (int?)d.Sequence, ct) ?? BeginAdvice.Sequence + 1;
        db.Deliveries.Add(Delivery.Of(advice, told, Activity.Current?.Id, now, edition.Number));
        if (edition.Number == 1)
        {
            db.PublishOnSave(new AdviceSigned { ReferralId = advice.ReferralId, Sequence = BeginAdvice.Sequence + 1, OccurredAt = now, AdviceId = advice.Id });
        }
    }

    // A letter that is overtaken is not sent any more, also when nobody knows whether it arrived: the next one says that it
    // replaces it. What the resident does not want to share does not go out once more.
    private static async Task DropOlder(FeedbackDbContext db, AdviceEdition edition, DateTimeOffset now, CancellationToken ct)
    {
        var older = await db.Deliveries.Where(d => d.AdviceId == edition.AdviceId && d.Number < edition.Number && d.Kind != ParcelKind.Retraction
            && (d.State == DeliveryState.Waiting || d.State == DeliveryState.Refused)).ToListAsync(ct);
        older.ForEach(d => d.Drop(now));
    }
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.Correcting;

/// <summary>
/// Saves a correction, and with it stops what was on its way: what never left does not go any more. What the practice has, or
/// may have, of an advice that is taken back, is marked there.
/// </summary>
internal sealed class StopLetters(FeedbackDbContext db, TimeProvider clock)
{
    /// <exception cref="DbUpdateConcurrencyException">Somebody was first.</exception>
    public async Task Save(Advice advice, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        var waiting = await db.Deliveries.Where(d => d.AdviceId == advice.Id && (d.Kind == ParcelKind.Advice || d.Kind == ParcelKind.Draft)
            && (d.State == DeliveryState.Waiting || d.State == DeliveryState.Refused)).ToListAsync(ct);
        waiting.ForEach(d => d.Drop(now));
        await NotArriving.Settle(db, waiting, now, ct);
        await db.SaveChangesAsync(ct);

        // From here on nothing of it leaves any more; what left until now is seen only when it is read once more.
        db.ChangeTracker.Clear();
        var all = await LettersOfAdvice.Of(db, advice.Id, ct);
        foreach (var letter in all.ThatMayBeThere.Where(l => all.IsRetracted(l) && !all.IsSaid(ParcelKind.Retraction, l)))
        {
            db.Add(all.Say(ParcelKind.Retraction, letter, now));
        }

        foreach (var letter in all.WithDraftThere.Where(l => all.IsRetracted(l) && !all.IsSaid(ParcelKind.DraftRevocation, l)))
        {
            db.Add(all.Say(ParcelKind.DraftRevocation, letter, now));
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}

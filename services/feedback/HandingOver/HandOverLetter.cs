using System.Data;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.HandingOver;

/// <summary>A person mails a letter, or says that it is with the practice. The second counts as the receipt.</summary>
internal sealed class HandOverLetter(FeedbackDbContext db, PrintForPerson print, ISecureMail mail, RecordOutcome outcome, TimeProvider clock)
{
    /// <summary>What waits for a person: letters to a practice without an address.</summary>
    public static IQueryable<Delivery> ByPerson(IQueryable<Delivery> deliveries) => deliveries.Where(d =>
        (d.Kind == ParcelKind.Advice || d.Kind == ParcelKind.ClosingNote || d.Kind == ParcelKind.Retraction)
        && d.State == DeliveryState.Waiting && d.LastHindrance == Hindrance.NoAddress);

    public Task<Delivery?> Find(Guid id, CancellationToken ct) => ByPerson(db.Deliveries.AsNoTracking()).SingleOrDefaultAsync(d => d.Id == id, ct);

    /// <summary>Whether the mail is on its way; that is no receipt yet.</summary>
    public async Task<bool> Mail(Delivery letter, string address, string who, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await print.Pdf(letter, ct) is not { } pdf || !await mail.Send(print.Mail(letter, pdf, address, now), ct))
        {
            return false;
        }

        await IsWithPerson(letter, ct);
        (await HandOf(letter, ct)).Mail(who, now);
        db.Audit.Add(AuditEntry.Of("E", who, $"Letter/{letter.Id}", "mail-letter", now));
        await db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>Once a person has it, nobody knows whether the practice has it too: a correction or a retraction takes that into account.</summary>
    public Task IsWithPerson(Delivery letter, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Deliveries.Where(d => d.Id == letter.Id && d.State == DeliveryState.Waiting).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.IsOutcomeUnknown, true).SetProperty(d => d.DoubtfulAt, now), ct);
    }

    /// <summary>Whether it is written down; not before the letter was printed or mailed, for what was handed over must be known.</summary>
    public async Task<bool> Done(Delivery letter, string who, CancellationToken ct)
    {
        if (!await db.SentLetters.AnyAsync(l => l.DeliveryId == letter.Id, ct))
        {
            return false;
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        var hand = await HandOf(letter, ct);
        if (hand.HandedOverAt is null)
        {
            hand.HandOver(who, now);
            db.Audit.Add(AuditEntry.Of("U", who, $"Letter/{letter.Id}", "hand-letter-over", now));
            await db.SaveChangesAsync(ct);
            await outcome.Record(Attempt.Begin(letter.Id, Guid.Empty, clock), Answer.Received($"{letter.LetterId ?? letter.Id}"), new Sent(0, null), ct);
        }

        await transaction.CommitAsync(ct);
        return true;
    }

    private async Task<LetterHandOver> HandOf(Delivery letter, CancellationToken ct)
    {
        if (await db.LetterHandOvers.SingleOrDefaultAsync(h => h.DeliveryId == letter.Id, ct) is { } known)
        {
            return known;
        }

        var hand = LetterHandOver.Of(letter);
        db.Add(hand);
        return hand;
    }
}

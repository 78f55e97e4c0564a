using System.Data;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.HandingOver;

/// <summary>How a person's wish to mail a letter ended; that it is on its way is no receipt yet.</summary>
internal enum Mailing
{
    Sent,
    NotSent,

    /// <summary>It was mailed a moment ago, or is being mailed.</summary>
    JustBefore,

    /// <summary>It need not be handed over any more.</summary>
    Gone,
}

/// <summary>A person mails a letter, or says that it is with the practice. The second counts as the receipt.</summary>
internal sealed class HandOverLetter(FeedbackDbContext db, PrintForPerson print, ISecureMail mail, RecordOutcome outcome, TimeProvider clock)
{
    // Longer than a mail server may take: who presses twice mails once.
    private static readonly TimeSpan Once = TimeSpan.FromMinutes(1);

    /// <summary>What waits for a person: letters to a practice without an address.</summary>
    public static IQueryable<Delivery> ByPerson(IQueryable<Delivery> deliveries) => deliveries.Where(d =>
        (d.Kind == ParcelKind.Advice || d.Kind == ParcelKind.ClosingNote || d.Kind == ParcelKind.Retraction)
        && d.State == DeliveryState.Waiting && d.LastHindrance == Hindrance.NoAddress);

    public Task<Delivery?> Find(Guid id, CancellationToken ct) => ByPerson(db.Deliveries.AsNoTracking()).SingleOrDefaultAsync(d => d.Id == id, ct);

    /// <summary>Written down before it leaves: whatever happens then, it is known that the practice may have the letter.</summary>
    public async Task<Mailing> Mail(Delivery letter, string address, string who, CancellationToken ct)
    {
        if (await print.Pdf(letter, ct) is not { } pdf)
        {
            return Mailing.NotSent;
        }

        if (!await IsWithPerson(letter, ct))
        {
            return Mailing.Gone;
        }

        var now = clock.GetUtcNow();
        var before = await db.LetterHandOvers.AsNoTracking().SingleOrDefaultAsync(h => h.DeliveryId == letter.Id, ct);
        if (!await WriteDown(letter, before, who, now, ct))
        {
            return Mailing.JustBefore;
        }

        // To its end also when the browser has hung up: that is what it does at a second click.
        if (await mail.Send(print.Mail(letter, pdf, address, now), CancellationToken.None))
        {
            return Mailing.Sent;
        }

        var (at, by) = (before?.MailedAt, before?.MailedBy);
        db.Audit.Add(AuditEntry.Of("E", who, $"Letter/{letter.Id}", "letter-not-mailed", clock.GetUtcNow()));
        await db.SaveChangesAsync(CancellationToken.None);
        await db.LetterHandOvers.Where(h => h.DeliveryId == letter.Id && h.MailedAt == now).ExecuteUpdateAsync(
            set => set.SetProperty(h => h.MailedAt, at).SetProperty(h => h.MailedBy, by), CancellationToken.None);
        return Mailing.NotSent;
    }

    /// <summary>
    /// Once a person has it, nobody knows whether the practice has it too: a correction or a retraction takes that into account.
    /// False when it waits no more.
    /// </summary>
    public async Task<bool> IsWithPerson(Delivery letter, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.Deliveries.Where(d => d.Id == letter.Id && d.State == DeliveryState.Waiting).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.IsOutcomeUnknown, true).SetProperty(d => d.DoubtfulAt, now), ct) == 1;
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

    // Of two who press at once the database lets one through: by the key of a new row, or by the moment in the one that is there.
    private async Task<bool> WriteDown(Delivery letter, LetterHandOver? before, string who, DateTimeOffset now, CancellationToken ct)
    {
        var mailed = now - Once;
        if (before is null)
        {
            var hand = LetterHandOver.Of(letter);
            hand.Mail(who, now);
            db.Add(hand);
        }
        else if (await db.LetterHandOvers.Where(h => h.DeliveryId == letter.Id && (h.MailedAt == null || h.MailedAt <= mailed))
            .ExecuteUpdateAsync(set => set.SetProperty(h => h.MailedAt, now).SetProperty(h => h.MailedBy, who), ct) == 0)
        {
            return false;
        }

        db.Audit.Add(AuditEntry.Of("E", who, $"Letter/{letter.Id}", "mail-letter", now));
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException e) when (before is null && e.IsRefusal())
        {
            return false;
        }
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

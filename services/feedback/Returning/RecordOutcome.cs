using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Correcting;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Returning;

/// <summary>What left in one attempt: the version of the Task, where it was one, and what was in doubt before.</summary>
internal sealed record Sent(int TaskVersion, DateTimeOffset? DoubtfulBefore);

/// <summary>Writes down how an attempt ended, in one save with the message that tells of it.</summary>
internal sealed class RecordOutcome(FeedbackDbContext db, TellOthers others, DeliveryFigures figures, TimeProvider clock)
{
    // Longer than any system keeps a request whose sender has gone.
    internal static readonly TimeSpan Doubtful = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BeforeOnceMore = TimeSpan.FromMinutes(3);

    /// <param name="sent">What left; null when nothing did.</param>
    public async Task Record(Attempt attempt, Answer answer, Sent? sent, CancellationToken ct)
    {
        var took = clock.GetElapsedTime(attempt.Started);
        var delivery = await Save(attempt.DeliveryId, d => MayRecord(d, attempt.Process, answer), async d =>
        {
            var outcome = await Apply(d, answer, sent, ct);
            await Note(DeliveryAttempt.Of(d, attempt, took, answer), ct);
            return outcome;
        }, ct);
        if (delivery is { Lane: { } lane })
        {
            await others.Run(delivery, lane, answer, ct);
        }
    }

    /// <summary>Nobody wants it any more; it stays in the table, and goes nowhere.</summary>
    public Task Drop(Attempt attempt, CancellationToken ct) => Save(
        attempt.DeliveryId, d => d.State is DeliveryState.Waiting && d.LeasedBy == attempt.Process, async d =>
        {
            d.Drop(clock.GetUtcNow());
            if (d.IsLetter)
            {
                await NotArriving.Settle(db, [d], clock.GetUtcNow(), ct);
            }

            return "not-needed";
        }, ct);

    private static bool MayRecord(Delivery delivery, Guid process, Answer answer) => answer.Failure is null
        ? delivery.State is not DeliveryState.Delivered
        : delivery.State is DeliveryState.Waiting && delivery.LeasedBy == process;

    private async Task<Delivery?> Save(Guid id, Func<Delivery, bool> mayRecord, Func<Delivery, Task<string>> apply, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            var delivery = await db.Deliveries.SingleAsync(d => d.Id == id, ct);
            if (!mayRecord(delivery))
            {
                return null;
            }

            var outcome = await apply(delivery);
            try
            {
                await db.SaveChangesAsync(ct);
                figures.Count(delivery.Kind, outcome);
                return delivery;
            }
            catch (DbUpdateConcurrencyException) when (attempt < 3)
            {
                // A manager or the watch wrote it in the same moment; what the GP system answered is still true.
            }
        }
    }

    private async Task Note(DeliveryAttempt attempt, CancellationToken ct)
    {
        db.Add(attempt);
        if (attempt.Number > DeliveryAttempt.Kept)
        {
            var last = attempt.Number - DeliveryAttempt.Kept;
            db.RemoveRange(await db.Attempts.Where(a => a.DeliveryId == attempt.DeliveryId && a.Number <= last).ToListAsync(ct));
        }
    }

    private async Task<string> Apply(Delivery delivery, Answer answer, Sent? sent, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (sent is not null && answer.Failure is null or { MayLandLater: false })
        {
            delivery.DoubtOnly(sent?.DoubtfulBefore);
        }

        if (delivery.AdviceId is { } advice)
        {
            delivery.Follow(await db.Deliveries.Where(d => d.AdviceId == advice).MaxAsync(d => d.Sequence, ct));
        }

        if (answer.Failure is not { } failure)
        {
            await Arrived(delivery, answer, sent!.TaskVersion, now, ct);
            return "delivered";
        }

        if (failure.NeedsPerson)
        {
            delivery.Refuse(failure, now);
            await NotArriving.Tell(db, delivery, NotArriving.Refused, now, ct);
            return "refused";
        }

        if (delivery is { Kind: ParcelKind.Handshake, Attempts: 0 })
        {
            delivery.Warn();
            await NotArriving.Tell(db, delivery, NotArriving.Unreachable, now, ct); // who just asked for it sees at once that it does not work
        }

        var older = await db.Deliveries.CountAsync(
            d => d.Lane == delivery.Lane && d.State == DeliveryState.Waiting && d.WaitingSince < delivery.WaitingSince, ct);
        delivery.Postpone(failure, now + Backoff.After(
            failure, delivery.Attempts + 1, older < Backoff.Probes, Random.Shared.NextDouble()));
        return "postponed";
    }

    private async Task Arrived(Delivery delivery, Answer answer, int taskVersion, DateTimeOffset now, CancellationToken ct)
    {
        delivery.MarkDelivered(answer.ReceivedAs!, now);
        switch (delivery.Kind)
        {
            case ParcelKind.Advice or ParcelKind.Retraction or ParcelKind.Supersession or ParcelKind.Draft or ParcelKind.DraftRevocation:
                await AfterArrival.Run(db, delivery, answer, now, ct);
                break;
            case ParcelKind.ClosingNote:
                db.Audit.Add(AuditEntry.Of("E", "feedback", $"Referral/{delivery.ReferralId}", "return-closing-note", now));
                break;
            case ParcelKind.TaskUpdate:
                db.Audit.Add(AuditEntry.Of("E", "feedback", $"Task/{delivery.SubjectId}", "update-task", now));
                await SettleOlder(delivery, taskVersion, now, ct);
                break;
            default:
                await ReportAnswer(delivery, now, ct);
                break;
        }

        if (delivery.IsLetter)
        {
            // What was dropped for a letter counts as not arrived until that letter is there; the advice's parcels were read just now.
            var overtaken = db.Deliveries.Local.Where(d => delivery.Kind is ParcelKind.Advice && d.AdviceId == delivery.AdviceId
                && d.Number < delivery.Number && d.State is DeliveryState.NotNeeded).ToList();
            await NotArriving.Settle(db, [delivery, .. overtaken], now, ct);
        }
    }

    // Older news that was refused is past. An older version that left without an answer may still be written over this one, by a
    // system that was slow: then the news goes once more.
    private async Task SettleOlder(Delivery delivery, int taskVersion, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - Doubtful;
        var others = await db.Deliveries.Where(d => d.SubjectId == delivery.SubjectId && d.Id != delivery.Id)
            .Where(d => d.State == DeliveryState.Waiting || d.State == DeliveryState.Refused || d.DoubtfulAt > since).ToListAsync(ct);
        foreach (var older in others.Where(d => d.State is DeliveryState.Waiting or DeliveryState.Refused && d.Number <= taskVersion))
        {
            older.Drop(now);
        }

        var isDoubtful = others.Append(delivery).Any(d => d.DoubtfulAt > since && d.Number < taskVersion);
        if (isDoubtful && !others.Exists(d => d.State is DeliveryState.Waiting)) // else the next version is on its way
        {
            db.Deliveries.Add(delivery.OnceMore(taskVersion, BeforeOnceMore, now));
        }
    }

    private async Task ReportAnswer(Delivery delivery, DateTimeOffset now, CancellationToken ct)
    {
        var reported = await db.Deliveries
            .Where(d => d.SubjectId == delivery.SubjectId && d.Id != delivery.Id && d.IsWarned).ToListAsync(ct);
        if (delivery.Kind is ParcelKind.Handshake || delivery.IsWarned || reported.Count > 0)
        {
            reported.Append(delivery).ToList().ForEach(d => d.Reassure());
            await NotArriving.Tell(db, delivery, null, now, ct);
        }
    }
}

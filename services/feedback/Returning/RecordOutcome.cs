using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Returning;

/// <summary>Writes down how an attempt ended, in one save with the message that tells of it.</summary>
internal sealed class RecordOutcome(FeedbackDbContext db, TimeProvider clock, DeliverySignal signal, DeliveryFigures figures)
{
    public async Task Record(Guid id, Guid process, Answer answer, CancellationToken ct)
    {
        var delivery = await Save(id, process, answer, ct);
        if (delivery?.PracticeId is { } practiceId)
        {
            await Tell(practiceId, delivery.Id, answer, ct);
        }
    }

    private async Task<Delivery?> Save(Guid id, Guid process, Answer answer, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            var delivery = await db.Deliveries.SingleAsync(d => d.Id == id, ct);
            var isMine = delivery.State is DeliveryState.Waiting && delivery.LeasedBy == process;
            if (delivery.State is DeliveryState.Delivered || (answer.Failure is not null && !isMine))
            {
                return null;
            }

            figures.Count(await Apply(delivery, answer, ct));
            try
            {
                await db.SaveChangesAsync(ct);
                return delivery;
            }
            catch (DbUpdateConcurrencyException) when (attempt < 3)
            {
                // A manager or the watch wrote it in the same moment; what the GP system answered is still true.
            }
        }
    }

    private async Task<string> Apply(Delivery delivery, Answer answer, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (answer.Failure is not { } failure)
        {
            delivery.MarkDelivered(answer.DocumentReferenceId!, now);
            db.PublishOnSave(new AdviceReturned
            {
                ReferralId = delivery.ReferralId,
                Sequence = delivery.Sequence,
                OccurredAt = now,
                AdviceId = delivery.AdviceId,
                DocumentReferenceId = delivery.DocumentReferenceId!,
            });
            db.Audit.Add(AuditEntry.Of("E", "feedback", $"Advice/{delivery.AdviceId}", "return-advice", now));
            return "delivered";
        }

        if (failure.NeedsPerson)
        {
            delivery.Refuse(failure, now);
            db.PublishOnSave(new AdviceUndeliverable
            {
                ReferralId = delivery.ReferralId,
                Sequence = delivery.Sequence,
                OccurredAt = now,
                AdviceId = delivery.AdviceId,
                Reason = "refused",
            });
            return "refused";
        }

        var older = await db.Deliveries.CountAsync(
            d => d.PracticeId == delivery.PracticeId && d.State == DeliveryState.Waiting && d.WaitingSince < delivery.WaitingSince, ct);
        delivery.Postpone(failure, now + Backoff.After(
            failure, delivery.Attempts + 1, older < Backoff.Probes, Random.Shared.NextDouble()));
        return "postponed";
    }

    // What one letter finds out about a practice holds for all its letters.
    private async Task Tell(string practiceId, Guid id, Answer answer, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var others = db.Deliveries.Where(d => d.PracticeId == practiceId && d.Id != id && d.State == DeliveryState.Waiting);
        if (answer.Failure is null or { NeedsPerson: true })
        {
            await others.Where(d => d.NextAttemptAt > now)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextAttemptAt, now), ct);
            signal.Wake();
        }
        else if (answer.Failure.RetryAfter is { } wait)
        {
            var until = now + (wait < TimeSpan.FromHours(1) ? wait : TimeSpan.FromHours(1));
            await others.Where(d => d.NextAttemptAt < until)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextAttemptAt, until), ct);
        }
    }
}

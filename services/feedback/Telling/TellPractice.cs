using System.Diagnostics;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Feedback.Keeping;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.Telling;

/// <summary>Puts what a practice must hear in the delivery table; what it says is fetched at the moment it goes.</summary>
internal sealed class TellPractice(FeedbackDbContext db, TimeProvider clock) :
    IConsumer<ReferralStatusChanged>, IConsumer<SubscriptionRequested>, IConsumer<SubscriptionEventRaised>
{
    /// <summary>Messages may cross: the version before may still be on its way here.</summary>
    internal static readonly TimeSpan ForTheOneBefore = TimeSpan.FromSeconds(3);

    private const int FirstTold = 2; // the answer to the referral was version 1

    public async Task Consume(ConsumeContext<ReferralStatusChanged> context)
    {
        var (changed, ct) = (context.Message, context.CancellationToken);
        if (await db.IsErased(changed.ReferralId, ct))
        {
            return; // nothing is told of what is gone for good
        }

        var isNext = changed.TaskVersion <= FirstTold
            || await db.Deliveries.AnyAsync(d => d.SubjectId == changed.TaskId && d.Number == changed.TaskVersion - 1, ct);
        await Add(Delivery.OfTask(
            changed.TaskId, changed.TaskVersion, changed.ReferralId, changed.PracticeId, Activity.Current?.Id,
            clock.GetUtcNow() + (isNext ? TimeSpan.Zero : ForTheOneBefore)), ct);
        if (ClosingNote.IsFor(changed.TaskStatus, changed.BusinessStatus))
        {
            await Add(Delivery.OfClosingNote(changed.ReferralId, changed.PracticeId, Activity.Current?.Id, clock.GetUtcNow()), ct);
        }

        await db.SaveChangesAsync(ct);
    }

    public async Task Consume(ConsumeContext<SubscriptionRequested> context)
    {
        var (asked, ct) = (context.Message, context.CancellationToken);
        await Add(Delivery.OfHandshake(
            asked.SubscriptionId, asked.Sequence, asked.PracticeId, Activity.Current?.Id, clock.GetUtcNow()), ct);
        await db.SaveChangesAsync(ct);
    }

    public async Task Consume(ConsumeContext<SubscriptionEventRaised> context)
    {
        var (raised, ct) = (context.Message, context.CancellationToken);
        if (await db.IsErased(raised.ReferralId, ct))
        {
            return;
        }

        await Add(Delivery.OfEvent(
            raised.SubscriptionId, raised.Sequence, raised.EventNumber, raised.ReferralId, raised.PracticeId,
            Activity.Current?.Id, clock.GetUtcNow()), ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task Add(Delivery delivery, CancellationToken ct)
    {
        if (!await db.Deliveries.AnyAsync(d => d.Key == delivery.Key, ct)) // the same once more is no second one
        {
            db.Deliveries.Add(delivery);
        }
    }
}

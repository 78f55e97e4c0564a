using MassTransit;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Subscribing;

/// <summary>Numbers the events of each subscription, and takes up what feedback heard from its endpoint.</summary>
internal sealed class FollowSubscription(IntakeDbContext db, TimeProvider clock) :
    IConsumer<ReferralStatusChanged>, IConsumer<SubscriptionAnswered>
{
    public async Task Consume(ConsumeContext<ReferralStatusChanged> context)
    {
        var (changed, ct) = (context.Message, context.CancellationToken);
        var subscriptions = await db.Set<TopicSubscription>().Where(s => s.PracticeId == changed.PracticeId && s.WasActive).ToListAsync(ct);
        foreach (var subscription in subscriptions.Where(s => s.Wants(changed.TaskStatus, clock.GetUtcNow())))
        {
            var (number, sequence) = subscription.Raise();
            db.Add(new SubscriptionEvent(subscription.Id, number, changed.TaskId, changed.TaskVersion, changed.OccurredAt));
            db.PublishOnSave(new SubscriptionEventRaised
            {
                SubscriptionId = subscription.Id,
                Sequence = sequence,
                OccurredAt = changed.OccurredAt,
                PracticeId = subscription.PracticeId,
                ReferralId = changed.ReferralId,
                EventNumber = number,
            });
        }

        await db.SaveChangesAsync(ct);
    }

    public async Task Consume(ConsumeContext<SubscriptionAnswered> context)
    {
        var (answered, ct) = (context.Message, context.CancellationToken);
        var subscription = await db.Set<TopicSubscription>().SingleOrDefaultAsync(s => s.Id == answered.SubscriptionId, ct);
        subscription?.Heard(
            answered.Sequence, answered.Answer == SubscriptionAnswer.Accepted ? null : answered.Answer, answered.OccurredAt, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;

namespace VGIntegration.Feedback.Returning;

/// <summary>
/// What one parcel finds out about a practice or an endpoint holds for all that go there: when it cannot be reached the others
/// wait and are not tried one by one, and when it answers again they go at once.
/// </summary>
internal sealed class TellOthers(FeedbackDbContext db, Lanes lanes, DeliverySignal signal, TimeProvider clock)
{
    public Task Run(Delivery delivery, string lane, Answer answer, CancellationToken ct) => answer.Failure switch
    {
        null or { NeedsPerson: true } => Answered(delivery, lane, ct),
        { IsOfPractice: true } failure => Failed(delivery, lane, failure, ct),
        _ => Task.CompletedTask,
    };

    private async Task Answered(Delivery delivery, string lane, CancellationToken ct)
    {
        if (lanes.Answered(lane) && delivery.Attempts == 1)
        {
            return; // nobody was held back
        }

        var now = clock.GetUtcNow();
        await Others(delivery).Where(d => d.NextAttemptAt > now && d.WaitingSince <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextAttemptAt, now), ct);
        signal.Wake();
    }

    private async Task Failed(Delivery delivery, string lane, Failure failure, CancellationToken ct)
    {
        var until = clock.GetUtcNow() + Backoff.OfOthers(failure, lanes.Failed(lane), Random.Shared.NextDouble());
        if (failure.RetryAfter is null && delivery.Kind is ParcelKind.Handshake or ParcelKind.Notification)
        {
            return; // what comes after it in the subscription waits for it anyway
        }

        var others = Others(delivery).Where(d => d.NextAttemptAt < until);
        if (delivery.Kind is ParcelKind.TaskUpdate && failure.RetryAfter is null)
        {
            others = others.Where(d => d.Kind == ParcelKind.TaskUpdate); // a letter finds out for itself
        }

        await others.ExecuteUpdateAsync(set => set.SetProperty(d => d.NextAttemptAt, until), ct);
    }

    private IQueryable<Delivery> Others(Delivery delivery)
    {
        var others = db.Deliveries.Where(d => d.Id != delivery.Id && d.State == DeliveryState.Waiting);
        return delivery.Kind is ParcelKind.Handshake or ParcelKind.Notification
            ? others.Where(d => d.Lane == delivery.Lane)
            : others.Where(d => d.PracticeId == delivery.PracticeId && d.Kind != ParcelKind.Handshake && d.Kind != ParcelKind.Notification);
    }
}

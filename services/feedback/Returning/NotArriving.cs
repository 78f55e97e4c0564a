using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Persistence;

namespace VGIntegration.Feedback.Returning;

/// <summary>Who is told that something does not arrive: planning of an advice, intake of a subscription. The manager sees all.</summary>
internal static class NotArriving
{
    internal const string Refused = "refused";
    internal const string Unreachable = "unreachable";
    internal const string NoConnection = "no-connection";

    /// <param name="reason">Why it does not; null when it does again.</param>
    public static void Tell(FeedbackDbContext db, Delivery delivery, string? reason, DateTimeOffset now)
    {
        switch (delivery.Kind)
        {
            case ParcelKind.Advice when reason is not null:
                db.PublishOnSave(new AdviceUndeliverable
                {
                    ReferralId = delivery.ReferralId!.Value,
                    Sequence = delivery.Sequence,
                    OccurredAt = now,
                    AdviceId = delivery.AdviceId!.Value,
                    Reason = reason,
                });
                break;
            case ParcelKind.Handshake or ParcelKind.Notification:
                db.PublishOnSave(new SubscriptionAnswered
                {
                    SubscriptionId = delivery.SubjectId!.Value,
                    Sequence = delivery.Number,
                    OccurredAt = now,
                    Answer = reason ?? SubscriptionAnswer.Accepted,
                });
                break;
        }
    }
}

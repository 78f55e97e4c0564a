using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Persistence;

namespace VGIntegration.Feedback.Returning;

/// <summary>Who is told that something does not arrive: planning of a letter, until it does; intake of a subscription. The manager sees all.</summary>
internal static class NotArriving
{
    internal const string Refused = "refused";
    internal const string Unreachable = "unreachable";
    internal const string NoConnection = "no-connection";

    /// <param name="reason">Why it does not; null when it does again.</param>
    public static async Task Tell(FeedbackDbContext db, Delivery delivery, string? reason, DateTimeOffset now, CancellationToken ct)
    {
        switch (delivery.Kind)
        {
            case ParcelKind.TaskUpdate:
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
            case ParcelKind.Advice when !await IsCorrection(db, delivery, ct):
                db.PublishOnSave(new AdviceUndeliverable
                {
                    ReferralId = delivery.ReferralId!.Value,
                    Sequence = delivery.Sequence,
                    OccurredAt = now,
                    AdviceId = delivery.AdviceId!.Value,
                    Reason = reason!,
                });
                break;
            default:
                db.PublishOnSave(new LetterUndeliverable
                {
                    ReferralId = delivery.ReferralId!.Value,
                    Sequence = delivery.Sequence,
                    OccurredAt = now,
                    DeliveryId = delivery.Id,
                    Kind = KindOf(delivery.Kind),
                    Reason = reason!,
                });
                break;
        }
    }

    /// <summary>These letters arrived, or need not go any more: who was told that they do not arrive hears so.</summary>
    public static async Task Settle(FeedbackDbContext db, IReadOnlyList<Delivery> letters, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var letter in letters.Where(l => l.IsWarned))
        {
            letter.Reassure();
            if (letter.Kind is ParcelKind.Advice && !await IsCorrection(db, letter, ct))
            {
                continue; // the first advice that arrives is told as such
            }

            var told = await db.Deliveries.Where(d => d.ReferralId == letter.ReferralId).MaxAsync(d => d.Sequence, ct);
            letter.Follow(Math.Max(told, letters.Max(l => l.Sequence)) + 1);
            db.PublishOnSave(new LetterSettled
            {
                ReferralId = letter.ReferralId!.Value,
                Sequence = letter.Sequence,
                OccurredAt = now,
                DeliveryId = letter.Id,
            });
        }
    }

    // The journey ended with the letter that arrived before it.
    private static Task<bool> IsCorrection(FeedbackDbContext db, Delivery letter, CancellationToken ct) => db.Deliveries.AnyAsync(
        d => d.AdviceId == letter.AdviceId && d.Kind == ParcelKind.Advice && d.Number < letter.Number && d.State == DeliveryState.Delivered, ct);

    private static string KindOf(ParcelKind kind) => kind switch
    {
        ParcelKind.Advice => LetterKind.Correction,
        ParcelKind.ClosingNote => LetterKind.ClosingNote,
        ParcelKind.Retraction => LetterKind.Retraction,
        ParcelKind.Supersession => LetterKind.Supersession,
        ParcelKind.Draft => LetterKind.DraftReferral,
        ParcelKind.DraftRevocation => LetterKind.DraftRevocation,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

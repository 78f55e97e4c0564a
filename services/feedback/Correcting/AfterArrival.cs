using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Correcting;

/// <summary>
/// What follows from a receipt of the practice, in one save with it: who is told, what is marked as replaced, and the draft
/// that goes after its letter.
/// </summary>
internal static class AfterArrival
{
    public static async Task Run(FeedbackDbContext db, Delivery arrived, Answer answer, DateTimeOffset now, CancellationToken ct)
    {
        var all = await LettersOfAdvice.Of(db, arrived.AdviceId!.Value, ct);
        switch (arrived.Kind)
        {
            case ParcelKind.Advice:
                Letter(db, all, arrived, answer, now);
                break;
            case ParcelKind.Retraction:
                Retraction(db, all, arrived, now);
                break;
            default:
                db.Audit.Add(AuditEntry.Of("E", "feedback", $"Advice/{arrived.AdviceId}", WhyOf(arrived.Kind), now));
                break;
        }
    }

    private static void Letter(FeedbackDbContext db, LettersOfAdvice all, Delivery arrived, Answer answer, DateTimeOffset now)
    {
        db.Audit.Add(AuditEntry.Of("E", "feedback", $"Advice/{arrived.AdviceId}", "return-advice", now));
        if (all.IsRetracted(arrived))
        {
            Say(db, all, ParcelKind.Retraction, arrived, now); // the receipt came late
            return;
        }

        if (all.Letters.LastOrDefault(l => l.Number > arrived.Number && l.State is DeliveryState.Delivered) is not null)
        {
            Say(db, all, ParcelKind.Supersession, arrived, now);
            return;
        }

        Tell(db, all, arrived, now);
        foreach (var older in all.ThatMayBeThere.Where(l => l.Number < arrived.Number && !all.IsRetracted(l)).ToList())
        {
            Say(db, all, ParcelKind.Supersession, older, now);
        }

        foreach (var older in all.WithDraftThere.Where(l => l.Number < arrived.Number).ToList())
        {
            Say(db, all, ParcelKind.DraftRevocation, older, now);
        }

        if (all.EditionOf(arrived).ProposedToGp is not null)
        {
            var draft = Say(db, all, ParcelKind.Draft, arrived, now);
            if (answer.DraftReceivedAs is { } id)
            {
                draft?.MarkDelivered(id, now); // it came with its letter
            }
        }
    }

    // The journey ends with the first letter; what comes after it is a correction.
    private static void Tell(FeedbackDbContext db, LettersOfAdvice all, Delivery arrived, DateTimeOffset now)
    {
        var told = all.Letters.LastOrDefault(l => l.Number < arrived.Number && all.IsTold(l));
        if (told is null)
        {
            db.PublishOnSave(new AdviceReturned
            {
                ReferralId = arrived.ReferralId!.Value,
                Sequence = arrived.Sequence,
                OccurredAt = now,
                AdviceId = arrived.AdviceId!.Value,
                DocumentReferenceId = arrived.DocumentReferenceId!,
            });
            return;
        }

        Corrected(db, arrived, arrived.DocumentReferenceId, told.DocumentReferenceId!, now);
    }

    private static void Retraction(FeedbackDbContext db, LettersOfAdvice all, Delivery arrived, DateTimeOffset now)
    {
        db.Audit.Add(AuditEntry.Of("E", "feedback", $"Advice/{arrived.AdviceId}", "retract-letter", now));
        if (all.Letters.Single(l => l.Id == arrived.LetterId) is var letter && all.IsTold(letter))
        {
            Corrected(db, arrived, null, letter.DocumentReferenceId!, now);
        }
    }

    private static void Corrected(FeedbackDbContext db, Delivery arrived, string? letter, string replaced, DateTimeOffset now) =>
        db.PublishOnSave(new AdviceCorrected
        {
            ReferralId = arrived.ReferralId!.Value,
            Sequence = arrived.Sequence,
            OccurredAt = now,
            AdviceId = arrived.AdviceId!.Value,
            DocumentReferenceId = letter,
            ReplacedDocumentReferenceId = replaced,
        });

    private static Delivery? Say(FeedbackDbContext db, LettersOfAdvice all, ParcelKind kind, Delivery letter, DateTimeOffset now)
    {
        if (all.IsSaid(kind, letter))
        {
            return null;
        }

        var parcel = all.Say(kind, letter, now);
        db.Deliveries.Add(parcel);
        return parcel;
    }

    private static string WhyOf(ParcelKind kind) => kind switch
    {
        ParcelKind.Supersession => "supersede-letter",
        ParcelKind.Draft => "propose-referral",
        _ => "revoke-proposed-referral",
    };
}

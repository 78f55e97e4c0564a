using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Correcting;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Printing;
using VGIntegration.Feedback.Proposing;

namespace VGIntegration.Feedback.Returning;

/// <summary>The advice as a letter: fetches what only others know, and prints it.</summary>
internal sealed class ReturnAdvice(FeedbackDbContext db, Recipients recipients, Conversations conversations, Masthead masthead)
{
    public async Task<Parcel> Pack(Delivery delivery, CancellationToken ct)
    {
        var advice = await db.Advices.AsNoTracking().SingleAsync(a => a.Id == delivery.AdviceId, ct);
        var edition = await db.AdviceEditions.AsNoTracking().SingleAsync(e => e.AdviceId == advice.Id && e.Number == delivery.Number, ct);
        if (edition.RetractedAt is not null || await db.AdviceEditions.AnyAsync(e => e.AdviceId == advice.Id && e.Number > edition.Number, ct))
        {
            return Parcel.NotNeeded(); // taken back or overtaken just now
        }

        if (await Parcel.Ask(() => recipients.Of(advice.ReferralId, ct), ct) is not { } recipient)
        {
            return Parcel.Without(Hindrance.IntakeUnavailable);
        }

        if (await Parcel.Ask(() => conversations.Of(advice.ReferralId, ct), ct) is not { } conversation)
        {
            return Parcel.Without(Hindrance.PlanningUnavailable, recipient.Practice);
        }

        var all = await LettersOfAdvice.Of(db, advice.Id, ct);
        var replaced = all.ReplacedBy(delivery.Number);
        var letter = new AdviceLetter(advice, edition, recipient, conversation)
        {
            WithBsn = !recipient.Practice.IsReachedByPerson,
            Masthead = masthead,
            Replaces = replaced is null ? null : all.EditionOf(replaced).DatedAt,
        };
        var document = AdviceDocument.Of(delivery.Id, letter, replaced is null ? null : (replaced.Id, replaced.DocumentReferenceId));
        return Parcel.Of(recipient.Practice, document) with
        {
            Sections = AdviceSections.Of(letter),
            Draft = edition.ProposedToGp is null || GoesAlone(delivery, recipient.Practice) ? null : ProposedDraft.Of(
                delivery.Id, edition, advice.ReferralId, recipient, $"DocumentReference/{delivery.Id}",
                all.WithDraftThere.LastOrDefault(l => l.Number < delivery.Number)?.Id),
        };
    }

    // A letter never waits for its draft: after a transaction that failed it goes without. A document is the same each time.
    private static bool GoesAlone(Delivery delivery, Practice practice) => practice.Mode is not DeliveryMode.Document && delivery.Attempts % 2 == 1;
}

using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Correcting;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.Proposing;

/// <summary>The draft by itself: after its letter where it could not go along, and once more when it no longer counts.</summary>
internal sealed class ReviseDraft(FeedbackDbContext db, Recipients recipients)
{
    public async Task<Parcel> Pack(Delivery delivery, CancellationToken ct)
    {
        var all = await LettersOfAdvice.Of(db, delivery.AdviceId!.Value, ct);
        var letter = all.Letters.Single(l => l.Id == delivery.LetterId);
        if (await Parcel.Ask(() => recipients.Of(delivery.ReferralId!.Value, ct), ct) is not { } recipient)
        {
            return Parcel.Without(Hindrance.IntakeUnavailable);
        }

        if (recipient.Practice.IsReachedByPerson)
        {
            return Parcel.NotNeeded(recipient.Practice); // the letter asks for the referral in words
        }

        var edition = all.EditionOf(letter);
        if (delivery.Kind is ParcelKind.Draft)
        {
            return edition.RetractedAt is not null || edition.ProposedToGp is null
                ? Parcel.NotNeeded(recipient.Practice)
                : Parcel.OfDraft(recipient.Practice, ProposedDraft.Of(
                    letter.Id, edition, letter.ReferralId!.Value, recipient, $"DocumentReference/{letter.DocumentReferenceId}",
                    all.WithDraftThere.LastOrDefault(l => l.Number < letter.Number)?.Id));
        }

        var end = edition.RetractedAt is { } at ? (RequestStatus.EnteredInError, at) : (RequestStatus.Revoked, delivery.WaitingSince);
        var id = recipient.Practice.Mode is DeliveryMode.Post
            ? (await db.Deliveries.AsNoTracking().FirstOrDefaultAsync(
                d => d.LetterId == letter.Id && d.Kind == ParcelKind.Draft && d.State == DeliveryState.Delivered, ct))?.DocumentReferenceId
            : ProposedDraft.IdOf(letter.Id).ToString();
        return Parcel.OfDraft(recipient.Practice, ProposedDraft.Ended(id, letter.Id, end, letter.ReferralId!.Value, recipient, edition.Proposed.Care));
    }
}

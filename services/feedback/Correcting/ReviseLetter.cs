using System.Text.Json;
using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Printing;
using VGIntegration.Feedback.Returning;
using VGIntegration.Fhir;

namespace VGIntegration.Feedback.Correcting;

/// <summary>What became of a letter, as the letter's own DocumentReference with another status.</summary>
internal sealed class ReviseLetter(FeedbackDbContext db, Recipients recipients, Masthead masthead)
{
    public async Task<Parcel> Pack(Delivery delivery, CancellationToken ct)
    {
        var all = await LettersOfAdvice.Of(db, delivery.AdviceId!.Value, ct);
        var letter = all.Letters.Single(l => l.Id == delivery.LetterId);
        if (await Parcel.Ask(() => recipients.Of(delivery.ReferralId!.Value, ct), ct) is not { } recipient)
        {
            return Parcel.Without(Hindrance.IntakeUnavailable);
        }

        var practice = recipient.Practice;
        if (delivery.Kind is ParcelKind.Supersession && (practice.IsReachedByPerson || all.IsRetracted(letter)
            || !(practice.TakesOurIds || (practice.Mode is DeliveryMode.Post && IsWithheld(all, letter)))))
        {
            return Parcel.NotNeeded(practice); // its system does that itself: the new letter says which one it replaces
        }

        var document = delivery.Kind is ParcelKind.Retraction
            ? CorrectionNotice.OfRetraction(masthead, letter.Id, all.EditionOf(letter), delivery.ReferralId!.Value, recipient)
            : await Superseded(all, letter, recipient, ct);
        if (practice.Mode is DeliveryMode.Post)
        {
            document.Id = letter.DocumentReferenceId; // null when nobody knows whether it is there
        }

        return Parcel.Of(practice, document);
    }

    private static bool IsWithheld(LettersOfAdvice all, Delivery letter) => all.EditionOf(letter).TextForGp is not null
        && all.EditionOf(all.Letters.Last(l => l.Number > letter.Number)).TextForGp is null;

    // The huisarts may have acted on the old text, so it stays; but not what the resident no longer shares, and nothing is
    // brought there that may never have arrived.
    private async Task<DocumentReference> Superseded(LettersOfAdvice all, Delivery letter, Recipient recipient, CancellationToken ct)
    {
        var newer = all.Letters.Last(l => l.Number > letter.Number);
        var (edition, newerEdition) = (all.EditionOf(letter), all.EditionOf(newer));
        if (IsWithheld(all, letter) || letter.State is not DeliveryState.Delivered)
        {
            return CorrectionNotice.OfSupersession(masthead, letter.Id, edition, newerEdition, letter.ReferralId!.Value, recipient);
        }

        var sent = await db.SentLetters.AsNoTracking().SingleAsync(l => l.DeliveryId == letter.Id, ct);
        var document = JsonSerializer.Deserialize<DocumentReference>(sent.Content, FhirJson.Options)!;
        document.Status = DocumentReferenceStatus.Superseded;
        return document;
    }
}

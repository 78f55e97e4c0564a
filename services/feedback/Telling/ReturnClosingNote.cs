using VGIntegration.Feedback.Printing;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.Telling;

/// <summary>The closing note as a letter, with what only intake knows.</summary>
internal sealed class ReturnClosingNote(Recipients recipients, Masthead masthead)
{
    public async Task<Parcel> Pack(Delivery delivery, CancellationToken ct)
    {
        var referralId = delivery.ReferralId!.Value;
        if (await Parcel.Ask(() => recipients.Of(referralId, ct), ct) is not { } recipient)
        {
            return Parcel.Without(Hindrance.IntakeUnavailable);
        }

        if (recipient.Ended is not { } ending || ClosingNote.TextFor(ending) is not { } text)
        {
            return Parcel.NotNeeded(recipient.Practice); // it turned out otherwise: the conversation was held after all
        }

        var pdf = ClosingNote.Write(masthead, (referralId, recipient), ending, text);
        var document = LetterDocument.Of(
            delivery.Id, referralId, recipient, (ClosingNote.Title, ClosingNote.Category, ending.At), pdf);
        return Parcel.Of(recipient.Practice, ClosingNote.WithSender(document));
    }
}

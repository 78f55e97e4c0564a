using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Printing;

namespace VGIntegration.Feedback.Returning;

/// <summary>The advice as a letter: fetches what only others know, and prints it.</summary>
internal sealed class ReturnAdvice(FeedbackDbContext db, Recipients recipients, Conversations conversations, Masthead masthead)
{
    public async Task<Parcel> Pack(Delivery delivery, CancellationToken ct)
    {
        var advice = await db.Advices.AsNoTracking().SingleAsync(a => a.Id == delivery.AdviceId, ct);
        var edition = await db.AdviceEditions.AsNoTracking().SingleAsync(e => e.AdviceId == advice.Id && e.Number == delivery.Number, ct);
        if (await Parcel.Ask(() => recipients.Of(advice.ReferralId, ct), ct) is not { } recipient)
        {
            return Parcel.Without(Hindrance.IntakeUnavailable);
        }

        if (recipient.Practice.Address() is null)
        {
            return Parcel.Without(Hindrance.NoAddress, recipient.Practice);
        }

        if (await Parcel.Ask(() => conversations.Of(advice.ReferralId, ct), ct) is not { } conversation)
        {
            return Parcel.Without(Hindrance.PlanningUnavailable, recipient.Practice);
        }

        return Parcel.Of(recipient.Practice, AdviceDocument.Of(delivery.Id, new(advice, edition, recipient, conversation) { WithBsn = true, Masthead = masthead }));
    }
}

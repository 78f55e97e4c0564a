using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Persistence;

namespace VGIntegration.Feedback.Advising;

/// <summary>Writes in an advice, and tells of the first time, in the same save: the huisarts sees that it is being written.</summary>
internal static class BeginAdvice
{
    /// <summary>Its number among what feedback tells of a referral; signing comes next.</summary>
    internal const int Sequence = 1;

    public static void Write(
        FeedbackDbContext db, Advice advice, AdviceText text, (ProposedReferral Proposed, Guid? Contact) choices, DateTimeOffset now)
    {
        var isNew = advice.Version == 0;
        advice.Write(text, choices.Proposed, choices.Contact, now);
        if (isNew && advice.Version > 0)
        {
            db.PublishOnSave(new AdviceBegun { ReferralId = advice.ReferralId, Sequence = Sequence, OccurredAt = now, AdviceId = advice.Id });
        }
    }
}

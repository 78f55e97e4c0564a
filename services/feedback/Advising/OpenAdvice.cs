using MassTransit;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Feedback.Keeping;
using VGIntegration.Feedback.Persistence;

namespace VGIntegration.Feedback.Advising;

internal sealed class OpenAdvice(FeedbackDbContext db, TimeProvider clock) : IConsumer<ConversationHeld>
{
    public async Task Consume(ConsumeContext<ConversationHeld> context)
    {
        var (held, ct) = (context.Message, context.CancellationToken);
        if (await db.Advices.AnyAsync(a => a.ReferralId == held.ReferralId, ct) || await db.IsErased(held.ReferralId, ct))
        {
            return; // one advice per referral, whatever is told twice
        }

        db.Advices.Add(Advice.Open(
            held.ReferralId,
            (held.ConversationId, held.StartsAt, held.EndsAt),
            (Partner(held, "mental-health"), Partner(held, "social-domain")),
            clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
    }

    private static Author Partner(ConversationHeld held, string discipline)
    {
        var partners = held.Professionals.Where(p => p.Discipline == discipline).ToList();
        return held.Professionals.Count == 2 && partners is [{ Login.Length: > 0 } partner]
            ? new Author(partner.ProfessionalId, partner.Login)
            : throw new RuleBrokenException($"A conversation has exactly one professional of {discipline}, with a log-in.");
    }
}

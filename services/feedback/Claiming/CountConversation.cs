using MassTransit;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;

namespace VGIntegration.Feedback.Claiming;

/// <summary>Each conversation held is counted once for each of the two professionals.</summary>
internal sealed class CountConversation(FeedbackDbContext db, TimeProvider clock) : IConsumer<ConversationHeld>
{
    public async Task Consume(ConsumeContext<ConversationHeld> context)
    {
        var (held, ct) = (context.Message, context.CancellationToken);
        if (await db.ClaimLines.AnyAsync(l => l.OriginId == held.ConversationId && l.Kind == ClaimLineKind.Held, ct))
        {
            return; // one count per conversation, whatever is told twice
        }

        db.ClaimLines.AddRange(ClaimLine.Of(
            (held.ConversationId, held.ReferralId, held.StartsAt.LocalDay()),
            Part(held, "mental-health"), Part(held, "social-domain"), clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
    }

    private static Performer Part(ConversationHeld held, string discipline) =>
        held.Professionals.Where(p => p.Discipline == discipline).ToList() is [var one] && held.Professionals.Count == 2
            ? new Performer(one.ProfessionalId, one.OrganisationId, one.ProfessionCode)
            : throw new RuleBrokenException($"A conversation has exactly one professional of {discipline}.");
}

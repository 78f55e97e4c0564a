using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Agreeing;

/// <summary>What a professional says to a proposal.</summary>
internal enum ProposalAnswer
{
    Yes,

    /// <summary>Not on that day; another day may do.</summary>
    NotThatDay,

    /// <summary>Somebody else should hold this conversation.</summary>
    NotMe,
}

/// <summary>
/// A professional answers a proposal before it is booked. When both said yes the others are told; after a no another proposal is
/// made at once, or the referral stands on the planner's list with why nothing fits. A planner need not wait for an answer.
/// </summary>
internal sealed class AnswerProposal(PlanningDbContext db, FreeMoments moments, TimeProvider clock)
{
    internal const string Changed = "Dit voorstel is net veranderd. Hieronder staat hoe het nu is.";

    /// <summary>Null when it is done; else why not, for the professional.</summary>
    internal async Task<string?> Run(Guid conversationId, int seen, Guid professionalId, ProposalAnswer answer, string by, CancellationToken ct)
    {
        var proposed = await db.Conversations.SingleOrDefaultAsync(c => c.Id == conversationId, ct);
        if (proposed is null || proposed.Version != seen || !proposed.IsOf(professionalId))
        {
            return Changed;
        }

        var (now, journey) = (clock.GetUtcNow(), await db.Journeys.SingleAsync(j => j.ReferralId == proposed.ReferralId, ct));
        try
        {
            if (proposed.Status is not ConversationStatus.Proposed || journey.Stage is not Stage.AwaitingSchedule)
            {
                return "Dit gesprek is al gepland. U vindt het bij uw gesprekken. Kunt u toch niet? Bel dan de planner.";
            }

            if (answer is ProposalAnswer.Yes)
            {
                Agree(journey, proposed, professionalId, by, now);
            }
            else
            {
                journey.Decline(new Declined(professionalId, answer is ProposalAnswer.NotThatDay ? Registry.Keeping.Today.Of(proposed.StartsAt) : null), by, now);
                await moments.ProposeBest(journey, proposed, ct);
            }

            db.Audit.Add(AuditEntry.Of("U", by, $"Referral/{journey.ReferralId}", "answer-proposal", now));
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (Exception e) when (e is RuleBrokenException or DbUpdateConcurrencyException or MomentTakenException)
        {
            return Changed;
        }
        catch (DbUpdateException e) when (e.IsRefusal())
        {
            return Changed;
        }
    }

    private void Agree(ReferralJourney journey, Conversation proposed, Guid professionalId, string by, DateTimeOffset now)
    {
        if (proposed.HasAgreed(professionalId))
        {
            return;
        }

        var both = proposed.Agree(professionalId, now);
        journey.Agreed(both, by, now);
        if (both)
        {
            db.PublishOnSave(new AssignmentAccepted
            {
                ReferralId = journey.ReferralId,
                Sequence = journey.NextSequence(),
                OccurredAt = now,
                DuoId = proposed.DuoId,
                MentalHealthProfessionalId = proposed.MentalHealthProfessionalId,
                SocialDomainProfessionalId = proposed.SocialDomainProfessionalId,
            });
        }
    }
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Conversing;

/// <summary>A professional records that the conversation took place.</summary>
internal sealed class RecordConversation(PlanningDbContext db, WorkOnReferral work, TimeProvider clock, ConversingRules rules)
{
    /// <summary>Null when it is recorded; else why not, for the professional.</summary>
    internal async Task<string?> Held(Conversation conversation, Region region, string who, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        try
        {
            conversation.Hold(now, rules.MayBeEarly);
            var journey = await db.Journeys.SingleAsync(j => j.ReferralId == conversation.ReferralId, ct);
            journey.Record(Step.ConversationHeld, now);
            db.PublishOnSave(new ConversationHeld
            {
                ReferralId = conversation.ReferralId,
                Sequence = journey.NextSequence(),
                OccurredAt = now,
                ConversationId = conversation.Id,
                StartsAt = conversation.StartsAt,
                EndsAt = conversation.EndsAt,
                Professionals = [.. new[] { conversation.MentalHealthProfessionalId, conversation.SocialDomainProfessionalId }
                    .Select(id => region.Professionals[id]).Select(p => new ConversationPartner(p.Id, Code(p.Discipline), p.Login))],
            });
            db.Audit.Add(AuditEntry.Of("U", who, $"Conversation/{conversation.Id}", "record-conversation", now));
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (RuleBrokenException e)
        {
            return e.Message;
        }
        catch (DbUpdateException) // a stale version, or the same step of the journey twice: the database says either
        {
            db.ChangeTracker.Clear();
            if (await db.Conversations.AnyAsync(c => c.Id == conversation.Id && c.Status == ConversationStatus.Held, ct))
            {
                return "Uw duopartner heeft dit gesprek net al vastgelegd.";
            }

            throw;
        }
    }

    /// <summary>Null when it is recorded that the resident did not come; the planner plans again or closes.</summary>
    internal async Task<string?> Missed(Conversation conversation, string who, CancellationToken ct)
    {
        var journey = await db.Journeys.SingleAsync(j => j.ReferralId == conversation.ReferralId, ct);
        return await work.Miss(journey, conversation, journey.Revision, rules.MayBeEarly, who, ct, canUndo: false);
    }

    /// <summary>Null when it is recorded that the resident stopped half way and wants no advice: the referral ends, and the huisarts hears it.</summary>
    internal async Task<string?> Stopped(Conversation conversation, string who, CancellationToken ct)
    {
        if (clock.GetUtcNow() < conversation.StartsAt && !rules.MayBeEarly)
        {
            return "Dit gesprek is nog niet begonnen. Ziet de inwoner ervan af? Bel dan de planner.";
        }

        var journey = await db.Journeys.SingleAsync(j => j.ReferralId == conversation.ReferralId, ct);
        return await work.Withdraw(journey, journey.Revision, "Tijdens het gesprek gestopt", who, ct, canUndo: false);
    }

    internal static string Code(Discipline discipline) => discipline is Discipline.MentalHealth ? "mental-health" : "social-domain";
}

/// <summary>In the demo nobody can wait a week for the conversation to begin (Conversing:AllowEarly).</summary>
internal sealed record ConversingRules(bool MayBeEarly);

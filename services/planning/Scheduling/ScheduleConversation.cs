using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Scheduling;

/// <summary>The planner books: both professionals, the moment and the place in one save, with the database as judge.</summary>
internal sealed class ScheduleConversation(PlanningDbContext db, TimeProvider clock)
{
    /// <summary>Null when it is booked; else why not, for the planner.</summary>
    internal async Task<string?> Book(
        ReferralJourney journey, Conversation? proposed, int version, Candidate chosen, string planner, CancellationToken ct)
    {
        if (proposed is not null && proposed.Version != version)
        {
            return "Een andere planner heeft deze verwijzing net veranderd. Hieronder staat hoe het nu is.";
        }

        var now = clock.GetUtcNow();
        try
        {
            if (proposed is null)
            {
                db.Conversations.Add(proposed = Conversation.Propose(journey.ReferralId, chosen));
                journey.Record(Step.AssignmentProposed, now);
                db.PublishOnSave(Proposed(journey, proposed, chosen, now));
            }

            proposed.Schedule(chosen, now);
            journey.Record(Step.ConversationScheduled, now);
            db.PublishOnSave(Scheduled(journey, proposed, now));
            db.Audit.Add(AuditEntry.Of("U", planner, $"Referral/{journey.ReferralId}", "book-conversation", now));
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (RuleBrokenException e)
        {
            return e.Message;
        }
        catch (DbUpdateConcurrencyException)
        {
            return "Een andere planner heeft deze verwijzing net veranderd. Hieronder staat hoe het nu is.";
        }
        catch (DbUpdateException)
        {
            return "Dit moment is net door een ander gekozen. Kies een ander moment; hieronder staat wat nu vrij is.";
        }
    }

    private static AssignmentProposed Proposed(ReferralJourney journey, Conversation conversation, Candidate chosen, DateTimeOffset now) => new()
    {
        ReferralId = journey.ReferralId,
        Sequence = journey.NextSequence(),
        OccurredAt = now,
        DuoId = conversation.DuoId,
        MentalHealthProfessionalId = conversation.MentalHealthProfessionalId,
        SocialDomainProfessionalId = conversation.SocialDomainProfessionalId,
        LocationId = conversation.LocationId,
        StartsAt = conversation.StartsAt,
        EndsAt = conversation.EndsAt,
        Reasons = [.. chosen.Reasons.Select(r => new AssignmentReason(r.Code, r.Value))],
    };

    private static ConversationScheduled Scheduled(ReferralJourney journey, Conversation conversation, DateTimeOffset now) => new()
    {
        ReferralId = journey.ReferralId,
        Sequence = journey.NextSequence(),
        OccurredAt = now,
        ConversationId = conversation.Id,
        MentalHealthProfessionalId = conversation.MentalHealthProfessionalId,
        SocialDomainProfessionalId = conversation.SocialDomainProfessionalId,
        LocationId = conversation.LocationId,
        StartsAt = conversation.StartsAt,
        EndsAt = conversation.EndsAt,
    };
}

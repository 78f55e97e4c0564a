using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Scheduling;

/// <summary>The planner books: both professionals, the moment and the place in one save, with the database as judge.</summary>
internal sealed class ScheduleConversation(PlanningDbContext db, FreeMoments moments, TimeProvider clock)
{
    internal const string Changed = "Deze verwijzing is net door een ander veranderd. Hieronder staat hoe het nu is.";
    internal const string Taken = "Dit moment is net door een ander gekozen, of niet meer vrij. Kies een ander moment; hieronder staat wat nu vrij is.";

    internal const string Stopped = "Deze verwijzing is gestopt. Er is niets meer te plannen.";

    /// <summary>Null when it is booked; else why not, for the planner.</summary>
    internal async Task<string?> Book(
        ReferralJourney journey, Conversation? proposed, int version, Candidate chosen, string planner, CancellationToken ct)
    {
        if ((proposed?.Version ?? 0) != version)
        {
            return Changed;
        }

        if (journey.Stage is Stage.Closed)
        {
            return Stopped;
        }

        var now = clock.GetUtcNow();
        try
        {
            proposed ??= moments.Propose(journey, chosen);
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
            return Changed;
        }
        catch (DbUpdateException)
        {
            if (await WhyNot(journey.ReferralId, version, chosen, ct) is { } why)
            {
                return why;
            }

            throw;
        }
    }

    // Null when neither the referral nor the moment explains it: then it was the database itself.
    private async Task<string?> WhyNot(Guid referralId, int version, Candidate chosen, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var now = await db.Conversations.Where(c => c.ReferralId == referralId).Select(c => c.Version).SingleOrDefaultAsync(ct);
        var isTaken = await db.Conversations.AnyAsync(
            c => c.ReferralId != referralId && c.StartsAt == chosen.StartsAt
                && (c.MentalHealthProfessionalId == chosen.MentalHealthProfessionalId
                    || c.SocialDomainProfessionalId == chosen.SocialDomainProfessionalId || c.LocationId == chosen.LocationId),
            ct);
        return now != version ? Changed : isTaken ? Taken : null;
    }

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

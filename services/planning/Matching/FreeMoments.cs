using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Matching;

/// <summary>The moments that are free for a referral now, and the best of them as a proposal.</summary>
internal sealed class FreeMoments(PlanningDbContext db, KnownRegion region, TimeProvider clock, IConfiguration settings)
{
    internal int Weeks => settings.GetValue("Matching:HorizonWeeks", 8);

    internal async Task<Matches> For(ReferralJourney journey, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var taken = await db.Conversations.Where(c => c.StartsAt >= now && c.ReferralId != journey.ReferralId)
            .Select(c => new Taken(c.MentalHealthProfessionalId, c.SocialDomainProfessionalId, c.StartsAt)).ToListAsync(ct);
        return new Matcher(await region.Get(ct), taken).Find(new Wishes(journey.PostcodeDigits, journey.Language), now, Weeks);
    }

    /// <summary>Adds the proposal and its message to the coming save; or notes which rule binds.</summary>
    internal async Task Propose(ReferralJourney journey, Conversation? instead, CancellationToken ct)
    {
        var matches = await For(journey, ct);
        if (matches.Candidates is not [var best, ..])
        {
            journey.FoundNoDuo(matches.Binding!.Value);
            return;
        }

        if (instead is null)
        {
            db.Conversations.Add(Conversation.Propose(journey.ReferralId, best));
        }
        else
        {
            instead.ProposeInstead(best);
        }

        var now = clock.GetUtcNow();
        journey.Record(Step.AssignmentProposed, now);
        db.PublishOnSave(new AssignmentProposed
        {
            ReferralId = journey.ReferralId,
            Sequence = journey.NextSequence(),
            OccurredAt = now,
            DuoId = best.DuoId,
            MentalHealthProfessionalId = best.MentalHealthProfessionalId,
            SocialDomainProfessionalId = best.SocialDomainProfessionalId,
            LocationId = best.LocationId,
            StartsAt = best.StartsAt,
            EndsAt = best.EndsAt,
            Reasons = [.. best.Reasons.Select(r => new AssignmentReason(r.Code, r.Value))],
        });
    }
}

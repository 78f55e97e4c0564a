using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Matching;

/// <summary>The moments that are free for a referral now, and the best of them as a proposal.</summary>
internal sealed class FreeMoments(PlanningDbContext db, KnownRegion region, TimeProvider clock, MatchingRules rules)
{
    internal const int OnOnePage = 6;

    internal int Weeks => rules.HorizonWeeks;

    internal async Task<Matches> For(ReferralJourney journey, CancellationToken ct, int atMost = OnOnePage)
    {
        var now = clock.GetUtcNow();
        var taken = await db.Conversations.Where(c => c.StartsAt >= now && c.ReferralId != journey.ReferralId)
            .Select(c => new Taken(c.MentalHealthProfessionalId, c.SocialDomainProfessionalId, c.LocationId, c.StartsAt)).ToListAsync(ct);
        return new Matcher(await region.Get(ct), taken).Find(new Wishes(journey.PostcodeDigits, journey.Language), now, Weeks, atMost);
    }

    /// <summary>Adds the best proposal and its message to the coming save; or notes which rule binds.</summary>
    internal async Task ProposeBest(ReferralJourney journey, Conversation? instead, CancellationToken ct)
    {
        var matches = await For(journey, ct, atMost: 1);
        if (matches.Candidates is not [var best, ..])
        {
            journey.FoundNoDuo(matches.Binding!.Value);
            return;
        }

        if (instead is null)
        {
            Propose(journey, best);
        }
        else
        {
            instead.ProposeInstead(best);
            Tell(journey, best);
        }
    }

    /// <summary>Adds the first proposal for a referral and its message to the coming save.</summary>
    internal Conversation Propose(ReferralJourney journey, Candidate chosen)
    {
        var conversation = Conversation.Propose(journey.ReferralId, chosen);
        db.Conversations.Add(conversation);
        Tell(journey, chosen);
        return conversation;
    }

    private void Tell(ReferralJourney journey, Candidate proposed)
    {
        var now = clock.GetUtcNow();
        journey.Record(Step.AssignmentProposed, now);
        db.PublishOnSave(new AssignmentProposed
        {
            ReferralId = journey.ReferralId,
            Sequence = journey.NextSequence(),
            OccurredAt = now,
            DuoId = proposed.DuoId,
            MentalHealthProfessionalId = proposed.MentalHealthProfessionalId,
            SocialDomainProfessionalId = proposed.SocialDomainProfessionalId,
            LocationId = proposed.LocationId,
            StartsAt = proposed.StartsAt,
            EndsAt = proposed.EndsAt,
            Reasons = [.. proposed.Reasons.Select(r => new AssignmentReason(r.Code, r.Value))],
        });
    }
}

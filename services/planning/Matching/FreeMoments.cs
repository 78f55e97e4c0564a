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

    internal int NormWorkingDays => rules.NormWorkingDays;

    internal async Task<Matches> For(ReferralJourney journey, CancellationToken ct, int atMost = OnOnePage)
    {
        var (now, wishes) = (clock.GetUtcNow(), journey.Wishes);
        var matcher = await Matching(journey.ReferralId, ct);
        var matches = matcher.Find(wishes, now, Weeks, atMost);
        return matches.Binding is null ? matches : matches with { Relaxations = new Diagnosis(matcher, now, Weeks).Relaxations(wishes) };
    }

    /// <summary>The registry, the bookings of all but this referral, and the region's own weights.</summary>
    internal Task<Matcher> Matching(Guid? but, CancellationToken ct) => Matching(but is { } one ? [one] : Array.Empty<Guid>(), ct);

    /// <summary>The same, but for all of these referrals.</summary>
    internal async Task<Matcher> Matching(IReadOnlyCollection<Guid> but, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var taken = await db.Conversations.Where(c => c.StartsAt >= now && !but.Contains(c.ReferralId))
            .Select(c => new Taken(c.MentalHealthProfessionalId, c.SocialDomainProfessionalId, c.LocationId, c.StartsAt)).ToListAsync(ct);
        return new Matcher(await region.Get(ct), taken, rules);
    }

    /// <summary>Adds the best proposal and its message to the coming save; or notes which rule binds, and lets go of what fits no longer.</summary>
    internal async Task ProposeBest(ReferralJourney journey, Conversation? instead, CancellationToken ct)
    {
        var matches = await For(journey, ct, atMost: 1);
        if (matches.Candidates is not [var best, ..])
        {
            journey.FoundNoDuo(matches.Binding!.Value, matches.Relaxations is [var cheapest, ..] ? cheapest.Text : null);
            if (instead is not null)
            {
                db.Conversations.Remove(instead);
            }
        }
        else if (instead is null)
        {
            Propose(journey, best);
        }
        else if (!instead.Is(best))
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

using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Matching;

/// <summary>One referral on the list: what is proposed now, and what the plan would propose; nothing when no moment is left for it.</summary>
internal sealed record ListRow(ReferralJourney Journey, Conversation? Now, Candidate? Planned)
{
    internal bool IsChange => Planned is not null && Now?.Is(Planned) is not true;
}

/// <summary>The whole waiting list planned at once, beside what one by one would come to.</summary>
internal sealed record ListProposal(IReadOnlyList<ListRow> Rows, int OneByOne, bool HasMore)
{
    internal int Planned => Rows.Count(r => r.Planned is not null);
}

/// <summary>What a planner accepted of a plan, as it was when it was seen.</summary>
internal sealed record AcceptedRow(Guid ReferralId, int Seen, string Key);

/// <summary>
/// Plans everybody who waits for a conversation together. What is accepted becomes the proposal of each referral, all in one
/// save; a planner still calls and books. Accepted rows whose moment is gone meanwhile stay as they are, and are told.
/// </summary>
internal sealed class PlanList(PlanningDbContext db, FreeMoments moments, TimeProvider clock)
{
    internal const int AtMost = 500;
    private static readonly SemaphoreSlim OneAtATime = new(1);

    internal async Task<ListProposal> Make(CancellationToken ct)
    {
        var journeys = await Waiting(db.Journeys.AsNoTracking()).OrderByDescending(j => j.IsUrgent).ThenBy(j => j.ReceivedAt).ThenBy(j => j.ReferralId)
            .Take(AtMost + 1).ToListAsync(ct);
        var list = journeys.Take(AtMost).ToList();
        var ids = list.ConvertAll(j => j.ReferralId);
        var proposals = await db.Conversations.AsNoTracking().Where(c => ids.Contains(c.ReferralId)).ToDictionaryAsync(c => c.ReferralId, ct);
        var matcher = await moments.Matching([.. ids], ct);
        var planner = new ListPlanner(matcher, clock.GetUtcNow(), moments.Weeks);
        var waiting = list.ConvertAll(j => new Waiting(j.ReferralId, j.Wishes));
        await OneAtATime.WaitAsync(ct); // it takes all there is of the machine
        try
        {
            var (plan, oneByOne) = await Task.Run(
                () => (planner.Together(waiting, TimeSpan.FromSeconds(list.Count <= 200 ? 1 : 5)), planner.OneByOne(waiting)), ct);
            return new ListProposal(Undisturbed(
                [.. list.Select(j => new ListRow(j, proposals.GetValueOrDefault(j.ReferralId), plan.Planned.GetValueOrDefault(j.ReferralId)))], matcher),
                oneByOne.Planned.Count, journeys.Count > AtMost);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    // A change that gains nothing is none: who has a moment as good, that the rest of the plan leaves free, keeps it.
    private List<ListRow> Undisturbed(List<ListRow> rows, Matcher matcher)
    {
        var open = Open(matcher);
        var planned = rows.Where(r => r.Planned is not null).ToDictionary(r => r.Journey.ReferralId, r => r.Planned!);
        return rows.ConvertAll(row =>
        {
            if (!row.IsChange || row.Now is null || open[KeyOf(row.Now)].FirstOrDefault() is not { Half: { } half } now
                || float.IsInfinity(matcher.Scores(row.Journey.Wishes, [half])[0]))
            {
                return row;
            }

            var same = matcher.CandidateOf(half, row.Journey.Wishes, now.Start);
            var others = planned.Where(p => p.Key != row.Journey.ReferralId).Select(p => p.Value).ToList();
            var isFree = !others.Exists(o => Meets(o, same) && !matcher.CanDoBoth(o.LocationId, o.StartsAt, same.LocationId, same.StartsAt))
                && others.Count(o => o.LocationId == same.LocationId && (o.StartsAt - same.StartsAt).Duration() < Matcher.Slot)
                    < matcher.RoomsLeft(same.LocationId, same.StartsAt);
            if (!isFree || same.Score > row.Planned!.Score + 1e-6)
            {
                return row;
            }

            planned[row.Journey.ReferralId] = same;
            return row with { Planned = same };
        });
    }

    private static bool Meets(Candidate one, Candidate other) =>
        one.MentalHealthProfessionalId == other.MentalHealthProfessionalId || one.SocialDomainProfessionalId == other.SocialDomainProfessionalId;

    private static string KeyOf(Conversation c) =>
        Candidate.KeyOf(c.MentalHealthProfessionalId, c.SocialDomainProfessionalId, c.LocationId, c.StartsAt);

    private ILookup<string, (HalfDay Half, DateTimeOffset Start)> Open(Matcher matcher) =>
        matcher.Open(clock.GetUtcNow(), moments.Weeks).SelectMany(h => h.Free, (half, start) => (half, start))
            .ToLookup(s => Candidate.KeyOf(s.half.MentalHealth.Id, s.half.SocialDomain.Id, s.half.Location.Id, s.start));

    /// <summary>The referrals for which it could not be done any more.</summary>
    internal async Task<IReadOnlyList<Guid>> Accept(IReadOnlyList<AcceptedRow> rows, string by, CancellationToken ct)
    {
        var (left, before) = (rows, -1);
        if (await Take(rows, by, ct))
        {
            return [];
        }

        // Somebody was a moment earlier with one of them: then each by itself, again as long as one that went makes room for another.
        while (left.Count > 0 && left.Count != before)
        {
            before = left.Count;
            var refused = new List<AcceptedRow>();
            foreach (var row in left)
            {
                if (!await Take([row], by, ct))
                {
                    refused.Add(row);
                }
            }

            left = refused;
        }

        return [.. left.Select(r => r.ReferralId)];
    }

    private async Task<bool> Take(IReadOnlyList<AcceptedRow> rows, string by, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var ids = rows.Select(r => r.ReferralId).ToList();
        var journeys = await Waiting(db.Journeys).Where(j => ids.Contains(j.ReferralId)).ToDictionaryAsync(j => j.ReferralId, ct);
        var proposals = await db.Conversations.Where(c => ids.Contains(c.ReferralId)).ToDictionaryAsync(c => c.ReferralId, ct);
        var matcher = await moments.Matching([.. ids], ct);
        var (now, open) = (clock.GetUtcNow(), Open(matcher));
        foreach (var row in rows)
        {
            if (!journeys.TryGetValue(row.ReferralId, out var journey) || journey.Revision != row.Seen
                || open[row.Key].FirstOrDefault() is not { Half: { } half } moment
                || float.IsInfinity(matcher.Scores(journey.Wishes, [half])[0]))
            {
                return false;
            }

            if (proposals.TryGetValue(row.ReferralId, out var proposal))
            {
                db.Conversations.Remove(proposal);
            }

            moments.Propose(journey, matcher.CandidateOf(half, journey.Wishes, moment.Start));
            db.Audit.Add(AuditEntry.Of("U", by, $"Referral/{row.ReferralId}", "accept-list-plan", now));
        }

        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException or MomentTakenException || e.IsRefusal())
        {
            return false;
        }
    }

    // A conversation that is booked, and a referral that rests, are no part of it.
    private IQueryable<ReferralJourney> Waiting(IQueryable<ReferralJourney> journeys) => journeys.Where(j => j.PausedAt == null
        && (j.Stage == Stage.AwaitingMatch || j.Stage == Stage.AwaitingSchedule)
        && !db.Conversations.Any(c => c.ReferralId == j.ReferralId && c.Status != ConversationStatus.Proposed));
}

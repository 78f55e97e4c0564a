using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry.Keeping;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Repairing;

/// <summary>A booking that cannot go on, why, and what is proposed.</summary>
internal sealed record RepairRow(ReferralJourney Journey, Conversation Booked, IReadOnlyList<string> Why, Repair Repair);

/// <summary>What a planner accepted, as it was when it was seen.</summary>
internal sealed record AcceptedRepair(Guid ReferralId, int Seen, string Key);

/// <summary>
/// Repairs all disturbed bookings together, after illness or another change of the registry, as a proposal. Each that is accepted
/// is a step of its own on the referral: with its messages, its history, and ten seconds to take it back.
/// </summary>
internal sealed class RepairBookings(
    PlanningDbContext db, DisturbedBookings disturbed, FreeMoments moments, ScheduleConversation schedule, TimeProvider clock)
{
    internal const int AtMost = 100;

    internal async Task<IReadOnlyList<RepairRow>> Make(CancellationToken ct)
    {
        var broken = (await disturbed.Find(ct)).Take(AtMost).ToDictionary(d => d.ReferralId);
        var ids = broken.Keys.ToList();
        var journeys = await db.Journeys.AsNoTracking().Where(j => ids.Contains(j.ReferralId)).ToDictionaryAsync(j => j.ReferralId, ct);
        var booked = await db.Conversations.AsNoTracking().Where(c => ids.Contains(c.ReferralId)).OrderBy(c => c.StartsAt).ToListAsync(ct);
        var matcher = await moments.Matching(ids, ct);
        var ways = new FindRepairs(matcher, clock.GetUtcNow(), moments.Weeks);
        var repairs = new ChooseRepairs(matcher).Best(booked.ConvertAll(c => ways.Of(c, journeys[c.ReferralId].Wishes)));
        return [.. booked.Select((c, i) => new RepairRow(journeys[c.ReferralId], c, broken[c.ReferralId].Why, repairs[i]))];
    }

    /// <summary>The referrals for which it could not be done any more.</summary>
    internal async Task<IReadOnlyList<Guid>> Accept(IReadOnlyList<AcceptedRepair> rows, string by, CancellationToken ct)
    {
        var (left, before) = (rows, -1);
        while (left.Count > 0 && left.Count != before)
        {
            before = left.Count;
            var refused = new List<AcceptedRepair>();
            foreach (var row in left)
            {
                if (!await Take(row, by, ct))
                {
                    refused.Add(row); // perhaps the moment of another that is still to go
                }
            }

            left = refused;
        }

        return [.. left.Select(r => r.ReferralId)];
    }

    private async Task<bool> Take(AcceptedRepair row, string by, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var journey = await db.Journeys.SingleOrDefaultAsync(j => j.ReferralId == row.ReferralId, ct);
        var booked = await db.Conversations.SingleOrDefaultAsync(c => c.ReferralId == row.ReferralId && c.Status == ConversationStatus.Scheduled, ct);
        if (journey is null || booked is null)
        {
            return false;
        }

        var ways = new FindRepairs(await moments.Matching(row.ReferralId, ct), clock.GetUtcNow(), moments.Weeks).Of(booked, journey.Wishes);
        if (ways.FirstOrDefault(w => w.To?.Key == row.Key) is not { To: { } to } way)
        {
            return false;
        }

        Guid[] before = [booked.MentalHealthProfessionalId, booked.SocialDomainProfessionalId];
        Guid[] after = [to.MentalHealthProfessionalId, to.SocialDomainProfessionalId];
        return way.KeepsTimeAndPlace && before.Except(after).ToList() is [var leaving]
            ? await schedule.Replace(journey, booked, row.Seen, leaving, new Replacement(after.Except(before).Single(), to.DuoId == Guid.Empty ? null : to.DuoId), by, ct) is null
            : await schedule.Move(journey, booked, row.Seen, to, by, ct) is null;
    }
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.LookingBack;

/// <summary>How the fixed moments were used and how long people waited, over a number of days. It holds no resident.</summary>
internal sealed class LookBack(PlanningDbContext db, KnownRegion known)
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    internal async Task<Figures> Over(DateOnly from, DateOnly until, CancellationToken ct)
    {
        var (region, begin, end) = (await known.Get(ct), Instant(from), Instant(until.AddDays(1)));
        var all = (await db.Conversations.AsNoTracking()
                .Where(c => c.StartsAt >= begin && c.StartsAt < end && c.Status != ConversationStatus.Proposed).ToListAsync(ct))
            .Select(c => new Appointment(
                c.ReferralId, c.DuoId, c.MentalHealthProfessionalId, c.SocialDomainProfessionalId, c.LocationId, c.StartsAt,
                c.Status is ConversationStatus.Held ? Outcome.Held : Outcome.Planned))
            .Concat((await db.Set<MissedConversation>().AsNoTracking().Where(m => m.StartsAt >= begin && m.StartsAt < end).ToListAsync(ct))
                .Select(m => new Appointment(
                    m.ReferralId, m.DuoId, m.MentalHealthProfessionalId, m.SocialDomainProfessionalId, m.LocationId, m.StartsAt,
                    m.Because is MissedBecause.NotAttended ? Outcome.NotAttended : Outcome.Cancelled)))
            .ToList();
        var journeys = await db.Journeys.AsNoTracking().Where(j => j.ReceivedAt < end && j.Steps.Any(s => s.OccurredAt >= begin && s.OccurredAt < end)).ToListAsync(ct);
        var received = await db.Journeys.AsNoTracking().Where(j => j.ReceivedAt >= begin && j.ReceivedAt < end).Select(j => j.Criteria).ToListAsync(ct);
        return new Figures(from, until)
        {
            Criteria = [.. received.SelectMany(c => c.Split(' ', StringSplitOptions.RemoveEmptyEntries)).CountBy(c => c).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => (c.Key, c.Value))],
            Referred = (received.Count, received.Count(c => c.Length == 0)),
            Moments = [.. OfMoments(region, from, until, all)],
            Professionals = [.. OfProfessionals(region, all)],
            Outcomes = [.. Enum.GetValues<Outcome>().Select(o => (o, all.Count(a => a.Outcome == o)))],
            Endings = [.. Endings(journeys, begin, end)],
            UntilCall = Spread.Of(journeys.Select(j => Days(j.ReceivedAt, FirstCall(j), begin, end))),
            UntilConversation = Spread.Of(journeys.Select(j => Days(FirstCall(j), HeldAt(j), begin, end))),
            Kilometres = Spread.Of(await Distances(region, all, ct)),
        };
    }

    // A half-day counts as many places as conversations fit; a conversation belongs to the moment in which it begins.
    private static IEnumerable<MomentUse> OfMoments(Region region, DateOnly from, DateOnly until, List<Appointment> all)
    {
        var days = Enumerable.Range(0, until.DayNumber - from.DayNumber + 1).Select(from.AddDays).ToList();
        var used = all.Where(a => a.Outcome is not Outcome.Cancelled).ToLookup(a => (a.DuoId, a.LocationId));
        foreach (var duo in region.Duos)
        {
            foreach (var moment in region.MomentsOf[duo.Id])
            {
                var held = days.Where(d => region.IsHeld(duo, moment, d)).ToList();
                var begins = held.SelectMany(d => Matcher.Starts(moment, d)).ToHashSet();
                var inIt = used[(duo.Id, moment.LocationId)].Where(c => IsIn(moment, c.StartsAt)).ToList();
                if (begins.Count > 0 || inIt.Count > 0)
                {
                    yield return new MomentUse(
                        $"{Name(region, duo.MentalHealthProfessionalId)} en {Name(region, duo.SocialDomainProfessionalId)}", moment.Day, moment.From,
                        region.Locations[moment.LocationId].Name, held.Count, begins.Count, inIt.Count, inIt.Count(c => c.Outcome is Outcome.NotAttended));
                }
            }
        }
    }

    private static bool IsIn(FixedMoment moment, DateTimeOffset startsAt)
    {
        var local = TimeZoneInfo.ConvertTime(startsAt, Amsterdam).DateTime;
        var time = TimeOnly.FromDateTime(local);
        return moment.IsOn(DateOnly.FromDateTime(local)) && moment.From <= time && time < moment.Until;
    }

    private static IEnumerable<Load> OfProfessionals(Region region, List<Appointment> all)
    {
        var theirs = all.SelectMany(a => new[] { a.MentalHealth, a.SocialDomain }, (a, who) => (who, a.Outcome)).ToLookup(x => x.who, x => x.Outcome);
        return region.Professionals.Values.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => new Load(
            p.Name, region.Organisations[p.OrganisationId].Name, theirs[p.Id].Count(o => o is Outcome.Held),
            theirs[p.Id].Count(o => o is Outcome.Planned), theirs[p.Id].Count(o => o is Outcome.NotAttended)));
    }

    private static IEnumerable<(string Reason, int Number)> Endings(List<ReferralJourney> journeys, DateTimeOffset begin, DateTimeOffset end) => journeys
        .Where(j => j.ClosedBecause is not null && j.Steps.Where(s => s.Step is not (Step.LetterStuck or Step.LetterSettled)).Max(s => s.OccurredAt) is var at && at >= begin && at < end)
        .GroupBy(j => j.ClosedBecause!).OrderByDescending(g => g.Count()).Select(g => (g.Key, g.Count()));

    private static DateTimeOffset? FirstCall(ReferralJourney journey) =>
        journey.Steps.Where(s => s.Step is Step.ResidentReached or Step.ResidentNotReached).Min(s => (DateTimeOffset?)s.OccurredAt);

    // To a building; at home and online nobody travels.
    private async Task<IEnumerable<double?>> Distances(Region region, List<Appointment> all, CancellationToken ct)
    {
        var kept = all.Where(a => a.Outcome is Outcome.Held or Outcome.Planned).ToList();
        var ids = kept.Select(a => a.ReferralId).ToHashSet();
        var postcodes = await db.Journeys.AsNoTracking().Where(j => ids.Contains(j.ReferralId)).ToDictionaryAsync(j => j.ReferralId, j => j.PostcodeDigits, ct);
        return kept.Select(a => region.Locations.GetValueOrDefault(a.LocationId) is { Kind: LocationKind.Building } place
            ? region.Kilometres(postcodes.GetValueOrDefault(a.ReferralId), place)
            : null);
    }

    private static DateTimeOffset? HeldAt(ReferralJourney journey) =>
        journey.Steps.Where(s => s.Step is Step.ConversationHeld).Min(s => (DateTimeOffset?)s.OccurredAt);

    // Of what ended in these days, so that a long wait is counted once and not missed.
    private static double? Days(DateTimeOffset? one, DateTimeOffset? other, DateTimeOffset begin, DateTimeOffset end) =>
        one is { } start && other is { } stop && stop >= begin && stop < end && stop >= start ? (stop - start).TotalDays : null;

    private static DateTimeOffset Instant(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Amsterdam.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private static string Name(Region region, Guid professionalId) => region.Professionals.GetValueOrDefault(professionalId)?.Name ?? "onbekend";

    private sealed record Appointment(
        Guid ReferralId, Guid DuoId, Guid MentalHealth, Guid SocialDomain, Guid LocationId, DateTimeOffset StartsAt, Outcome Outcome);
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Scheduling;

/// <summary>Somebody who can take the place of one of the two, and the fixed duo that this makes, if any.</summary>
internal sealed record Replacement(Guid ProfessionalId, Guid? DuoId);

/// <summary>Who can step in at this time and place, by the same hard rules as matching; who forms a fixed duo with the other comes first.</summary>
internal sealed class Replacements(PlanningDbContext db, FreeMoments moments)
{
    internal async Task<IReadOnlyList<Replacement>> For(Conversation booked, Guid leaving, CancellationToken ct)
    {
        var matcher = await moments.Matching(booked.ReferralId, ct);
        var region = matcher.Region;
        if (!booked.IsOf(leaving) || !region.Professionals.TryGetValue(leaving, out var gone)
            || !region.Professionals.TryGetValue(booked.MentalHealthProfessionalId == leaving ? booked.SocialDomainProfessionalId : booked.MentalHealthProfessionalId, out var stays))
        {
            return [];
        }

        var (day, place) = (Web.Dutch.Day(booked.StartsAt), region.Locations[booked.LocationId]);
        var wished = new Wished((await db.Journeys.AsNoTracking().SingleAsync(j => j.ReferralId == booked.ReferralId, ct)).Wishes);
        bool CanStepIn(Professional p)
        {
            var (one, other) = p.Discipline is Discipline.MentalHealth ? (p, stays) : (stays, p);
            return wished.AllowsPerson(p, day) && wished.Speaking(one, other) > 0 && matcher.CanHold(one, other, place, day, booked.StartsAt);
        }

        return
        [
            .. region.Professionals.Values.Where(p => p.Id != gone.Id && p.Discipline == gone.Discipline && CanStepIn(p))
                .Select(p => (p.Name, Found: new Replacement(p.Id, region.DuosOf[p.Id].FirstOrDefault(d => d.IsOf(stays.Id))?.Id)))
                .OrderByDescending(p => p.Found.DuoId is not null).ThenBy(p => p.Name).Select(p => p.Found),
        ];
    }
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Scheduling;

/// <summary>Somebody who can take the place of one of the two, and the fixed duo that this makes, if any.</summary>
internal sealed record Replacement(Guid ProfessionalId, Guid? DuoId);

/// <summary>Who can step in at this time and place, by the same hard rules as matching; who forms a fixed duo with the other comes first.</summary>
internal sealed class Replacements(PlanningDbContext db, KnownRegion known)
{
    internal async Task<IReadOnlyList<Replacement>> For(Conversation booked, Guid leaving, CancellationToken ct)
    {
        var region = await known.Get(ct);
        if (!region.Professionals.TryGetValue(leaving, out var gone) || !booked.IsOf(leaving))
        {
            return [];
        }

        var busy = await db.Conversations.AsNoTracking()
            .Where(c => c.Id != booked.Id && c.StartsAt > booked.StartsAt.AddHours(-12) && c.StartsAt < booked.FreeAt && c.FreeAt > booked.StartsAt)
            .Select(c => new { c.MentalHealthProfessionalId, c.SocialDomainProfessionalId }).ToListAsync(ct);
        var taken = busy.SelectMany(b => new[] { b.MentalHealthProfessionalId, b.SocialDomainProfessionalId }).ToHashSet();
        var stays = region.Professionals[gone.Id == booked.MentalHealthProfessionalId ? booked.SocialDomainProfessionalId : booked.MentalHealthProfessionalId];
        var day = Web.Dutch.Day(booked.StartsAt);
        return
        [
            .. region.Professionals.Values
                .Where(p => p.Id != gone.Id && p.Discipline == gone.Discipline && p.OrganisationId != stays.OrganisationId
                    && p.IsReadyOn(day) && region.HasCountingRole(p, day) && !region.Calendar.IsAbsent(p.Id, day) && !taken.Contains(p.Id)
                    && region.AgreementsOf(p.OrganisationId, stays.OrganisationId).Any(a => a.IsInForce(day)))
                .Select(p => (p.Name, Found: new Replacement(p.Id, DuoOf(region, p.Id, stays.Id))))
                .OrderByDescending(p => p.Found.DuoId is not null).ThenBy(p => p.Name).Select(p => p.Found),
        ];
    }

    private static Guid? DuoOf(Region region, Guid one, Guid other) => region.Duos.FirstOrDefault(d =>
        (d.MentalHealthProfessionalId == one && d.SocialDomainProfessionalId == other)
        || (d.MentalHealthProfessionalId == other && d.SocialDomainProfessionalId == one))?.Id;
}

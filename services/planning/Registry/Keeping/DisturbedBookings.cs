using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Registry.Keeping;

/// <summary>A conversation that is booked and that the registry, as it is now, does not allow any more.</summary>
internal sealed record DisturbedBooking(Guid ReferralId, DateTimeOffset StartsAt, IReadOnlyList<string> Why);

/// <summary>
/// Bookings that a later change of the registry disturbs: somebody is away, a registration or agreement ends before the
/// conversation, a place closes; or a later wish of the resident does. Nothing is cancelled by itself; the planner sees them and decides.
/// </summary>
internal sealed class DisturbedBookings(PlanningDbContext db, KnownRegion known, TimeProvider clock)
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    internal async Task<IReadOnlyList<DisturbedBooking>> Find(CancellationToken ct)
    {
        var (region, now) = (await known.Get(ct), clock.GetUtcNow());
        var booked = await db.Conversations.AsNoTracking()
            .Where(c => c.Status == ConversationStatus.Scheduled && c.StartsAt >= now).OrderBy(c => c.StartsAt).ToListAsync(ct);
        var ids = booked.ConvertAll(c => c.ReferralId);
        var wishes = (await db.Journeys.AsNoTracking().Where(j => ids.Contains(j.ReferralId)).ToListAsync(ct)).ToDictionary(j => j.ReferralId, j => j.Wishes);
        return [.. booked.Select(c => new DisturbedBooking(c.ReferralId, c.StartsAt, [.. Why(region, c, wishes[c.ReferralId])])).Where(d => d.Why.Count > 0)];
    }

    internal static IEnumerable<string> Why(Region region, Conversation booked, Wishes wishes)
    {
        foreach (var why in Why(region, booked))
        {
            yield return why;
        }

        var (wished, at) = (new Wished(wishes), TimeZoneInfo.ConvertTime(booked.StartsAt, Amsterdam));
        if (!wished.AllowsPart(at.DayOfWeek, TimeOnly.FromDateTime(at.DateTime)))
        {
            yield return "de inwoner kan op dat dagdeel niet";
        }

        if (region.Locations.TryGetValue(booked.LocationId, out var place) && !wished.AllowsPlace(place))
        {
            yield return "de plek past niet bij wat de inwoner wil";
        }

        if (region.Professionals.TryGetValue(booked.MentalHealthProfessionalId, out var one)
            && region.Professionals.TryGetValue(booked.SocialDomainProfessionalId, out var other))
        {
            var day = DateOnly.FromDateTime(at.DateTime);
            if (!wished.AllowsPerson(one, day) || !wished.AllowsPerson(other, day))
            {
                yield return "de inwoner of een van de verkenners wil dit gesprek liever niet zo";
            }

            if (wished.Speaking(one, other) == 0)
            {
                yield return "geen van beiden spreekt de taal van de inwoner";
            }
        }
    }

    internal static IEnumerable<string> Why(Region region, Conversation booked)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(booked.StartsAt, Amsterdam).DateTime);
        var two = new[] { booked.MentalHealthProfessionalId, booked.SocialDomainProfessionalId }
            .Select(region.Professionals.GetValueOrDefault).OfType<Professional>().ToList();
        foreach (var who in two)
        {
            if (region.Calendar.IsAbsent(who.Id, day))
            {
                yield return $"{who.Name} is er die dag niet";
            }

            if (region.Organisations.GetValueOrDefault(who.OrganisationId) is { } organisation && day > organisation.Until)
            {
                yield return $"{organisation.Name} doet die dag niet meer mee";
            }

            foreach (var missing in region.MissingOf(who, day).Where(m => new MissingItem(m).Forbids))
            {
                yield return $"{who.Name}: {missing.Text()}";
            }
        }

        if (two is [var one, var other] && !region.AgreementsOf(one.OrganisationId, other.OrganisationId).Any(a => a.IsInForce(day)))
        {
            yield return "de afspraak over geheimhouding geldt die dag niet";
        }

        if (region.Locations.GetValueOrDefault(booked.LocationId) is { } place && day > place.Until)
        {
            yield return $"{place.Name} is die dag niet meer te gebruiken";
        }

        if (region.Calendar.Holiday(day) is { } holiday)
        {
            yield return $"het is die dag {holiday}";
        }

        if (IsPaused(region, booked, day))
        {
            yield return "het vaste moment gaat die dag niet door";
        }
    }

    internal static bool IsPaused(Region region, Conversation booked, DateOnly day) =>
        region.MomentsOf[booked.DuoId].Any(m => m.LocationId == booked.LocationId && m.IsOn(day) && region.Calendar.IsPaused(m.Id, day));
}

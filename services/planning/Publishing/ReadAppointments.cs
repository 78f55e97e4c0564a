using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Inviting;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Publishing;

/// <summary>GET /fhir/Appointment and /fhir/Appointment/{id}.</summary>
internal static class ReadAppointments
{
    internal static readonly string[] Parameters = ["_id", "_lastUpdated", "date", "status", "practitioner", "location", "based-on"];

    public static void MapReadAppointments(this IEndpointRouteBuilder fhir)
    {
        fhir.MapGet("/Appointment", Search).RequireAuthorization(SystemScope.For("Appointment", 's'));
        fhir.MapGet("/Appointment/{id}", Read).RequireAuthorization(SystemScope.For("Appointment", 'r'));
    }

    private static async Task<FhirAnswer> Read(string id, HttpContext http, PlanningDbContext db, KnownRegion known, TimeProvider clock, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var key) || await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.ConversationId == key, ct) is not { } found)
        {
            return FhirAnswer.NotFound();
        }

        await Note(http, db, $"Appointment/{key}", clock, ct);
        return new FhirAnswer(200, AppointmentDocument.Of(found, await known.Get(ct))) { VersionId = $"{found.Version}" };
    }

    private static async Task<FhirAnswer> Search(HttpContext http, PlanningDbContext db, KnownRegion known, TimeProvider clock, CancellationToken ct)
    {
        var query = new Query(http.Request.Query, Parameters);
        var (from, until) = query.Range("date");
        var (changedFrom, changedUntil) = query.Range("_lastUpdated");
        var (status, professional) = (query.Code("status", AppointmentDocument.Statuses), query.Reference("practitioner", "Practitioner"));
        var (place, referral, id) = (query.Reference("location", "Location"), query.Reference("based-on", "ServiceRequest"), query.Reference("_id", "Appointment"));
        var after = Cursor.Read(query);
        if (query.Fault is { } fault)
        {
            return fault;
        }

        var wanted = db.Appointments.AsNoTracking().Where(a => a.StartsAt >= from && a.StartsAt < until && a.ChangedAt >= changedFrom && a.ChangedAt < changedUntil);
        wanted = status is { } s ? wanted.Where(a => a.Status == s) : wanted;
        wanted = professional is { } p ? wanted.Where(a => a.MentalHealthProfessionalId == p || a.SocialDomainProfessionalId == p) : wanted;
        wanted = place is { } l ? wanted.Where(a => a.LocationId == l) : wanted;
        wanted = referral is { } r ? wanted.Where(a => a.ReferralId == r) : wanted;
        wanted = id is { } i ? wanted.Where(a => a.ConversationId == i) : wanted;
        if (after is var (at, last))
        {
            wanted = wanted.Where(a => a.StartsAt > at || (a.StartsAt == at && a.ConversationId.CompareTo(last) > 0));
        }

        var found = await wanted.OrderBy(a => a.StartsAt).ThenBy(a => a.ConversationId).Take(query.Count + 1).ToListAsync(ct);
        await Note(http, db, "Appointment", clock, ct);
        var region = await known.Get(ct);
        var next = found.Count > query.Count ? query.Next(Cursor.Write(found[query.Count - 1].StartsAt, found[query.Count - 1].ConversationId)) : null;
        return SearchSet.Of(http.Request, "Appointment", found.Take(query.Count).Select(a => AppointmentDocument.Of(a, region)), next);
    }

    private static async Task Note(HttpContext http, PlanningDbContext db, string what, TimeProvider clock, CancellationToken ct)
    {
        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), what, "planning-system", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
    }
}

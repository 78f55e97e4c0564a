using System.Globalization;
using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Planning.Web;
using Duo = VGIntegration.Planning.Registry.Duo;

namespace VGIntegration.Planning.Publishing;

/// <summary>
/// GET /fhir/Schedule: the fixed moments of duos; GET /fhir/Slot: each conversation that fits in them, with whether it is free.
/// They follow from the registry and are kept nowhere.
/// </summary>
internal static class ReadSlots
{
    internal static readonly string[] ScheduleParameters = ["_id", "actor", "active"];
    internal static readonly string[] SlotParameters = ["_id", "schedule", "start", "status"];

    private const int FarthestDays = 366;
    private static readonly Dictionary<string, bool> Truths = new() { ["true"] = true, ["false"] = false };
    private static readonly Dictionary<string, Slot.SlotStatus> Statuses = new()
    {
        ["free"] = Slot.SlotStatus.Free,
        ["busy"] = Slot.SlotStatus.Busy,
        ["busy-tentative"] = Slot.SlotStatus.BusyTentative,
    };

    public static void MapReadSlots(this IEndpointRouteBuilder fhir)
    {
        fhir.MapGet("/Schedule", SearchSchedules).RequireAuthorization(SystemScope.For("Schedule", 's'));
        fhir.MapGet("/Schedule/{id}", ReadSchedule).RequireAuthorization(SystemScope.For("Schedule", 'r'));
        fhir.MapGet("/Slot", SearchSlot).RequireAuthorization(SystemScope.For("Slot", 's'));
        fhir.MapGet("/Slot/{id}", ReadSlot).RequireAuthorization(SystemScope.For("Slot", 'r'));
    }

    private static async Task<FhirAnswer> ReadSchedule(string id, KnownRegion known, TimeProvider clock, CancellationToken ct)
    {
        var region = await known.Get(ct);
        return Moments(region).FirstOrDefault(m => $"{m.Moment.Id}" == id) is { Moment: not null } found
            ? new FhirAnswer(200, ScheduleOf(found.Duo, found.Moment, region, Dutch.Day(clock.GetUtcNow())))
            : FhirAnswer.NotFound();
    }

    private static async Task<FhirAnswer> SearchSchedules(HttpRequest request, KnownRegion known, TimeProvider clock, CancellationToken ct)
    {
        var query = new Query(request.Query, ScheduleParameters);
        var (id, isActive) = (query.Reference("_id", "Schedule"), query.Code("active", Truths));
        var actor = query.Text("actor")?.Split('/')[^1];
        var after = Cursor.Read(query);
        if (query.Fault is { } fault)
        {
            return fault;
        }

        var (region, today) = (await known.Get(ct), Dutch.Day(clock.GetUtcNow()));
        var found = Moments(region).Where(m => id is null || m.Moment.Id == id).Select(m => ScheduleOf(m.Duo, m.Moment, region, today))
            .Where(s => isActive is null || s.Active == isActive)
            .Where(s => actor is null || s.Actor.Any(a => a.Reference!.EndsWith($"/{actor}", StringComparison.Ordinal)))
            .OrderBy(s => s.Id, StringComparer.Ordinal).Where(s => after is null || string.CompareOrdinal(s.Id, $"{after.Value.Id}") > 0).Take(query.Count + 1).ToList();
        return SearchSet.Of(request, "Schedule", found.Take(query.Count),
            found.Count > query.Count ? query.Next(Cursor.Write(DateTimeOffset.UnixEpoch, Guid.Parse(found[query.Count - 1].Id!))) : null);
    }

    private static async Task<FhirAnswer> ReadSlot(string id, PlanningDbContext db, KnownRegion known, CancellationToken ct)
    {
        if (id.Split('.') is not [var key, var at] || !Guid.TryParseExact(key, "N", out var momentId)
            || !DateTime.TryParseExact(at, "yyyyMMddHHmm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var start))
        {
            return FhirAnswer.NotFound();
        }

        var day = Dutch.Day(new DateTimeOffset(start));
        return (await Slots(db, await known.Get(ct), day, day, momentId, ct)).FirstOrDefault(s => s.Id == id) is { } slot
            ? new FhirAnswer(200, slot)
            : FhirAnswer.NotFound();
    }

    private static async Task<FhirAnswer> SearchSlot(HttpRequest request, PlanningDbContext db, KnownRegion known, MatchingRules rules, TimeProvider clock, CancellationToken ct)
    {
        var query = new Query(request.Query, SlotParameters);
        var (schedule, status) = (query.Reference("schedule", "Schedule"), query.Code("status", Statuses));
        var (from, until) = query.Range("start");
        var (id, after) = (query.Text("_id"), Cursor.Read(query));
        if (query.Fault is { } fault)
        {
            return fault;
        }

        // Where no dates are given: from now, as far as is planned.
        var now = clock.GetUtcNow();
        from = from == DateTimeOffset.MinValue ? now : from;
        until = until == DateTimeOffset.MaxValue ? (from > now ? from : now).AddDays(7 * rules.HorizonWeeks) : until;
        if (until - from > TimeSpan.FromDays(FarthestDays))
        {
            return FhirAnswer.Refused(400, OperationOutcome.IssueType.TooCostly, "Vraag ten hoogste een jaar tegelijk, met start=ge… en start=lt….");
        }

        var found = until <= from ? [] : (await Slots(db, await known.Get(ct), Dutch.Day(from), Dutch.Day(until), schedule, ct))
            .Where(s => s.Start >= from && s.Start < until && (status is null || s.Status == status) && (id is null || s.Id == id))
            .OrderBy(s => s.Start).ThenBy(s => MomentOf(s)).Where(s => after is not var (at, last) || s.Start > at || (s.Start == at && MomentOf(s).CompareTo(last) > 0))
            .Take(query.Count + 1).ToList();
        return SearchSet.Of(request, "Slot", found.Take(query.Count),
            found.Count > query.Count ? query.Next(Cursor.Write(found[query.Count - 1].Start!.Value, MomentOf(found[query.Count - 1]))) : null);
    }

    private static Guid MomentOf(Slot slot) => Guid.ParseExact(slot.Id!.Split('.')[0], "N");

    private static IEnumerable<(Duo Duo, FixedMoment Moment)> Moments(Region region) =>
        region.Duos.SelectMany(d => region.MomentsOf[d.Id], (d, m) => (d, m));

    private static async Task<List<Slot>> Slots(PlanningDbContext db, Region region, DateOnly first, DateOnly last, Guid? momentId, CancellationToken ct)
    {
        var (from, until) = (Dutch.At(first, default).AddDays(-1), Dutch.At(last, default).AddDays(2));
        var planned = await db.Conversations.AsNoTracking().Where(c => c.StartsAt >= from && c.StartsAt < until).ToListAsync(ct);
        var days = Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays);
        return
        [
            .. from day in days
               from x in Moments(region)
               where (momentId is null || x.Moment.Id == momentId) && region.IsHeld(x.Duo, x.Moment, day)
               from start in Matcher.Starts(x.Moment, day)
               select SlotOf(x.Duo, x.Moment, start, planned),
        ];
    }

    private static Slot SlotOf(Duo duo, FixedMoment moment, DateTimeOffset start, List<Conversation> planned)
    {
        var taking = planned.Find(c => c.StartsAt < start + Matcher.Slot && start < c.FreeAt
            && (c.IsOf(duo.MentalHealthProfessionalId) || c.IsOf(duo.SocialDomainProfessionalId)));
        return new Slot
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{moment.Id:N}.{start.UtcDateTime:yyyyMMddHHmm}"),
            ServiceType = [AppointmentDocument.Service()],
            Schedule = new ResourceReference($"Schedule/{moment.Id}"),
            Status = taking is null ? Slot.SlotStatus.Free : taking.Status is ConversationStatus.Proposed ? Slot.SlotStatus.BusyTentative : Slot.SlotStatus.Busy,
            Start = start,
            End = start + Matcher.Length,
        };
    }

    private static Schedule ScheduleOf(Duo duo, FixedMoment moment, Region region, DateOnly today) => new()
    {
        Id = $"{moment.Id}",
        Active = !(today > moment.ValidUntil) && !(today > duo.Until),
        ServiceType = [AppointmentDocument.Service()],
        Actor =
        [
            AppointmentDocument.Professional(duo.MentalHealthProfessionalId, region), AppointmentDocument.Professional(duo.SocialDomainProfessionalId, region),
            AppointmentDocument.Place(moment.LocationId, region),
        ],
        PlanningHorizon = new Period
        {
            Start = moment.ValidFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            End = moment.ValidUntil?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        },
    };
}

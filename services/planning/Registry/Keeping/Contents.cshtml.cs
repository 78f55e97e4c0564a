using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Registry.Keeping;

[Authorize(Policy = Web.Registration.Planners)]
internal sealed class ContentsModel(PlanningDbContext db, DisturbedBookings disturbed, PublicHolidays holidays, TimeProvider clock) : PageModel
{
    public IReadOnlyList<(RecordKind Kind, int Number)> Numbers { get; private set; } = [];
    public IReadOnlyList<DisturbedBooking> Disturbed { get; private set; } = [];
    public IReadOnlyList<(string Who, RecordKind Kind, Guid Id, IReadOnlyList<Missing> Missing)> NotReady { get; private set; } = [];
    public IReadOnlyList<(DateOnly Day, string Name)> PublicHolidays { get; private set; } = [];
    public IReadOnlyList<RegistryChange> Latest { get; private set; } = [];

    public async Task OnGet(CancellationToken ct)
    {
        var register = await Register.Load(db, ct);
        var (today, region) = (Today.In(clock), register.AsRegion(holidays));
        Numbers = [.. Kinds.All.Select(k => (k, register.Of(k.Path).Count(r => !(k.Until(r) < today))))];
        Disturbed = await disturbed.Find(ct);
        NotReady =
        [
            .. from p in register.Of<Professional>()
               where !(p.Until < today)
               let missing = region.MissingOf(p, today).ToList()
               where missing.Count > 0
               orderby !missing.Exists(m => new MissingItem(m).Forbids), p.Name
               select (p.Name, Kinds.Of(p), p.Id, (IReadOnlyList<Missing>)missing),
            .. from d in register.Of<Duo>()
               where !(d.Until < today)
               let missing = region.MissingOf(d, today).Where(m => m.ProfessionalId is null).Select(m => m.What).ToList()
               where missing.Count > 0
               select (Kinds.Of(d).Title(d, register), Kinds.Of(d), d.Id, (IReadOnlyList<Missing>)missing),
        ];
        PublicHolidays = [.. Enumerable.Range(0, 366).Select(today.AddDays).Select(d => (d, holidays.On(d))).Where(d => d.Item2 is not null).Select(d => (d.d, d.Item2!))];
        Latest = await db.Set<RegistryChange>().AsNoTracking().OrderByDescending(c => c.At).Take(10).ToListAsync(ct);
    }
}

internal static class Today
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    internal static DateOnly In(TimeProvider clock) => Of(clock.GetUtcNow());

    internal static DateOnly Of(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Amsterdam).DateTime);
}

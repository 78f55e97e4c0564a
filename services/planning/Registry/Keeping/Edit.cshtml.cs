using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Registry.Keeping;

[Authorize(Policy = Web.Registration.Planners)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class EditModel(PlanningDbContext db, KeepRegistry keep, DisturbedBookings disturbed, PublicHolidays holidays, TimeProvider clock) : PageModel
{
    [BindProperty]
    public int Version { get; set; }

    /// <summary>The id of what is being added: so that the same click twice adds one.</summary>
    [BindProperty]
    public Guid NewId { get; set; } = Guid.NewGuid();

    [BindProperty(SupportsGet = true)]
    public bool Done { get; set; }

    public RecordKind Kind { get; private set; } = null!;
    public Register Register { get; private set; } = null!;
    public IRegistryRecord? Record { get; private set; }
    public IReadOnlyDictionary<string, string?> Values { get; private set; } = new Dictionary<string, string?>();
    public IReadOnlyDictionary<string, string?> Stored { get; private set; } = new Dictionary<string, string?>();
    public IReadOnlyList<Fault> Faults { get; private set; } = [];
    public IReadOnlyList<RegistryChange> History { get; private set; } = [];
    public IReadOnlyList<DisturbedBooking> Disturbed { get; private set; } = [];
    public IReadOnlyList<Missing> Missing { get; private set; } = [];
    public bool MayChange => User.IsInRole("manager");
    public bool HasConflict => Faults.Any(f => f.Dutch == KeepRegistry.Changed);
    public string Heading => Record is null ? $"Nieuw: {Kind.Singular}" : Kind.Title(Record, Register);

    public string? FaultOf(string field) => Faults.FirstOrDefault(f => f.Field == field)?.Dutch;

    public async Task<IActionResult> OnGet([FromRoute] string kind, [FromRoute] string id, CancellationToken ct)
    {
        if (!await Load(kind, id, ct) || (Record is null && !MayChange))
        {
            return NotFound();
        }

        Values = Record is null ? Request.Query.ToDictionary(q => q.Key, q => (string?)q.Value.ToString()) : Stored;
        Version = Record?.Version ?? 0;
        if (Done)
        {
            Disturbed = await disturbed.Find(ct);
        }

        return Page();
    }

    public Task<IActionResult> OnPost([FromRoute] string kind, [FromRoute] string id, CancellationToken ct) => Change(
        kind, id, () => keep.Save(Kind, Record?.Id ?? NewId, Version, Values, User.Who(), ct), ct);

    public Task<IActionResult> OnPostUndo([FromRoute] string kind, [FromRoute] string id, CancellationToken ct) => Change(
        kind, id, () => keep.Undo(Kind, Record!.Id, Version, User.Who(), ct), ct);

    private async Task<IActionResult> Change(string kind, string id, Func<Task<IReadOnlyList<Fault>>> change, CancellationToken ct)
    {
        if (!MayChange)
        {
            return Forbid();
        }

        if (!await Load(kind, id, ct))
        {
            return NotFound();
        }

        Values = Kind.Fields.ToDictionary(f => f.Name, f => (string?)Request.Form[f.Name].ToString());
        Faults = await change();
        if (Faults.Count == 0)
        {
            return Redirect($"/planning/registry/{kind}/{Record?.Id ?? NewId}?done=true");
        }

        await Load(kind, Record is null && HasConflict ? $"{NewId}" : id, ct);
        if (Record is not null && HasConflict)
        {
            if (!Request.Form.ContainsKey(Kind.Fields[0].Name))
            {
                Values = Stored; // an undo typed nothing
            }

            ModelState.Remove(nameof(Version));
            Version = Record.Version;
        }

        return Page();
    }

    private async Task<bool> Load(string kind, string id, CancellationToken ct)
    {
        if (Kinds.Of(kind) is not { } known)
        {
            return false;
        }

        (Kind, Register) = (known, await Register.Load(db, ct));
        Record = Guid.TryParse(id, out var recordId) ? Register.Find(kind, recordId) : null;
        if (Record is null)
        {
            return id == "new";
        }

        Stored = Kind.Read(Record);
        var (region, today) = (Register.AsRegion(holidays), Today.In(clock));
        Missing = Record switch
        {
            Professional p => [.. region.MissingOf(p, today)],
            Duo d => [.. region.MissingOf(d, today).Select(m => m.What).Distinct()],
            _ => [],
        };
        History = await db.Set<RegistryChange>().AsNoTracking().Where(c => c.RecordId == recordId)
            .OrderByDescending(c => c.Version).Take(50).ToListAsync(ct);
        return true;
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Registry.Keeping;

[Authorize(Policy = Web.Registration.Planners)]
internal sealed class ListModel(PlanningDbContext db, PublicHolidays holidays, TimeProvider clock) : PageModel
{
    private const int PerPage = 50;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Words { get; set; }

    [BindProperty(SupportsGet = true, Name = "ended")]
    public bool WithEnded { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int PageNumber { get; set; } = 1;

    [TempData]
    public string? Done { get; set; }

    public RecordKind Kind { get; private set; } = null!;
    public Register Register { get; private set; } = null!;
    public IReadOnlyList<IRegistryRecord> Records { get; private set; } = [];
    public int Found { get; private set; }
    public bool HasMore => Found > PageNumber * PerPage;
    public DateOnly Now { get; } = Today.In(clock);

    public async Task<IActionResult> OnGet(string kind, CancellationToken ct)
    {
        if (Kinds.Of(kind) is not { } known)
        {
            return NotFound();
        }

        (Kind, Register, PageNumber) = (known, await Register.Load(db, ct), Math.Clamp(PageNumber, 1, 10_000));
        _region = Register.AsRegion(holidays);
        var words = (Words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = Register.Of(kind).Where(r => WithEnded || !(Kind.Until(r) < Now))
            .Select(r => (Record: r, Text: TextOf(r))).Where(r => words.All(w => r.Text.Contains(w, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(r => r.Text, StringComparer.Create(System.Globalization.CultureInfo.GetCultureInfo("nl-NL"), ignoreCase: true)).ToList();
        Found = found.Count;
        Records = [.. found.Skip((PageNumber - 1) * PerPage).Take(PerPage).Select(r => r.Record)];
        return Page();
    }

    private Region _region = null!;

    /// <summary>The first few facts, beside the title.</summary>
    public IEnumerable<(string Label, string Text)> Facts(IRegistryRecord record)
    {
        var values = Kind.Read(record);
        return Kind.Fields.Where(f => f.Name is not ("Name" or "Latitude" or "Longitude")).Take(5).Select(f => (f.Label, f.Show(values[f.Name], Register))).Where(f => f.Item2.Length > 0);
    }

    public IEnumerable<Missing> MissingOf(IRegistryRecord record) => record switch
    {
        Professional p => _region.MissingOf(p, Now),
        Duo d when _region.Professionals.ContainsKey(d.MentalHealthProfessionalId) && _region.Professionals.ContainsKey(d.SocialDomainProfessionalId) =>
            _region.MissingOf(d, Now).Select(m => m.What).Distinct(),
        _ => [],
    };

    private string TextOf(IRegistryRecord record)
    {
        var values = Kind.Read(record);
        return string.Join(' ', [Kind.Title(record, Register), .. Kind.Fields.Select(f => f.Show(values[f.Name], Register))]);
    }
}

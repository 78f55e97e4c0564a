using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VGIntegration.Planning.Registry.Exchanging;
using VGIntegration.Planning.Registry.Keeping;
using VGIntegration.Planning.Web;

namespace VGIntegration.Planning.LookingBack;

[Authorize(Policy = Web.Registration.Planners)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class LookingBackModel(LookBack look, TimeProvider clock) : PageModel
{
    private const int LongestInDays = 800;

    private static readonly CultureInfo Netherlands = CultureInfo.GetCultureInfo("nl-NL");

    [BindProperty(SupportsGet = true, Name = "from")]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true, Name = "until")]
    public string? Until { get; set; }

    public Figures Figures { get; private set; } = null!;
    public IReadOnlyList<(string Field, string Dutch)> Faults { get; private set; } = [];
    public bool IsEmpty => Figures.Outcomes.Sum(o => o.Number) + Figures.Endings.Count + Figures.UntilCall.Number + Figures.Referred.All == 0;

    public async Task OnGet(CancellationToken ct) => await Look(ct);

    public async Task<FileContentResult> OnGetCsv(CancellationToken ct)
    {
        await Look(ct);
        return File(CsvSheet.Write(["Onderdeel", "Wat", "Maat", "Waarde"], Lines()), "text/csv; charset=utf-8", "terugkijken.csv");
    }

    internal static string Number(double? value) => value?.ToString("0.0", Netherlands) ?? "geen";

    internal static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Held => "gevoerd",
        Outcome.Planned => "gepland, nog niet vastgelegd",
        Outcome.NotAttended => "inwoner kwam niet",
        _ => "afgezegd of gestopt",
    };

    internal static string Name(MomentUse use) => $"{Netherlands.DateTimeFormat.GetDayName(use.Day)} {use.From.ToString("HH:mm", Netherlands)}, {use.Duo}";

    private async Task Look(CancellationToken ct)
    {
        var today = Today.In(clock);
        var (from, until) = (Day(From, today.AddDays(-90)), Day(Until, today));
        Faults =
        [
            .. from is null ? new[] { ("from", "Schrijf een datum zo: 31-12-2026.") } : [],
            .. until is null ? new[] { ("until", "Schrijf een datum zo: 31-12-2026.") } : [],
            .. until < from ? new[] { ("until", "De laatste dag ligt voor de eerste dag.") } : [],
            .. until is { } last && from is { } first && last.DayNumber - first.DayNumber > LongestInDays ? new[] { ("from", "Kies ten hoogste twee jaar.") } : [],
        ];
        var (begin, end) = Faults.Count > 0 ? (today.AddDays(-90), today) : (from!.Value, until!.Value);
        Figures = await look.Over(begin, end, ct);
        From ??= $"{begin:yyyy-MM-dd}";
        Until ??= $"{end:yyyy-MM-dd}";
    }

    private static DateOnly? Day(string? given, DateOnly usual) => string.IsNullOrWhiteSpace(given) ? usual
        : DateOnly.TryParseExact(given, ["yyyy-MM-dd", "d-M-yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2150 ? day
        : null;

    private IEnumerable<string[]> Lines() =>
    [
        .. Figures.Moments.SelectMany(m => new[]
        {
            Line("vast moment", Name(m), "dagdelen", m.HalfDays), Line("vast moment", Name(m), "plekken", m.Places),
            Line("vast moment", Name(m), "gebruikt", m.Used), Line("vast moment", Name(m), "niet verschenen", m.NoShows),
        }),
        .. Figures.Duos.SelectMany(d => new[] { Line("duo", d.Duo, "plekken", d.Places), Line("duo", d.Duo, "gebruikt", d.Used) }),
        .. Of("van verwijzing tot eerste belpoging", "dagen", Figures.UntilCall),
        .. Of("van eerste belpoging tot gesprek", "dagen", Figures.UntilConversation),
        .. Of("afstand", "km", Figures.Kilometres),
        .. Figures.Outcomes.Select(o => Line("afspraken", Of(o.Outcome), "aantal", o.Number)),
        Line("verwezen", "alles", "aantal", Figures.Referred.All), Line("verwezen", "zonder criterium", "aantal", Figures.Referred.WithoutCriterion),
        .. Figures.Criteria.Select(c => Line("verwezen", Dutch.Of(c.Criterion), "aantal", c.Number)),
        .. Figures.Endings.Select(e => Line("gestopt zonder gesprek", Dutch.Closed(e.Reason), "aantal", e.Number)),
        .. Figures.Professionals.SelectMany(p => new[]
        {
            Line("verkenner", $"{p.Name} ({p.Organisation})", "gevoerd", p.Held), Line("verkenner", $"{p.Name} ({p.Organisation})", "gepland", p.Planned),
            Line("verkenner", $"{p.Name} ({p.Organisation})", "niet verschenen", p.NoShows),
        }),
    ];

    private static string[][] Of(string what, string unit, Spread spread) =>
    [
        Line("doorlooptijd en afstand", what, "aantal", spread.Number), ["doorlooptijd en afstand", what, $"helft binnen, {unit}", Number(spread.Median)],
        ["doorlooptijd en afstand", what, $"9 van de 10 binnen, {unit}", Number(spread.NineInTen)],
    ];

    private static string[] Line(string part, string what, string measure, int value) => [part, what, measure, value.ToString(Netherlands)];
}

/// <summary>A chart of bars with the words for who cannot see it; the numbers stand in the table beside it.</summary>
internal sealed record Bars(string Title, IReadOnlyList<(string Label, double Value, string Text)> Lines, double? Most = null)
{
    internal double Top => Math.Max(Most ?? 0, Math.Max(1, Lines.Select(l => l.Value).DefaultIfEmpty().Max()));
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Claiming;

/// <summary>The lines of a month or a year, each with how it stands and what was put right.</summary>
[Authorize(Policy = "manager")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class LinesModel(FeedbackDbContext db, Ledger ledger, RegistryNames registry, TimeProvider clock) : PageModel
{
    public const int Shown = 100;

    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    public ClaimPeriod Period { get; private set; } = null!;
    public Payer? ChosenPayer { get; private set; }
    public Guid? Organisation { get; private set; }
    public KnownNames? Names { get; private set; }
    public IReadOnlyList<LedgerLine> Lines { get; private set; } = [];
    public int Total { get; private set; }
    public int Sheet { get; private set; }
    public int Sheets => Math.Max(1, (Total + Shown - 1) / Shown);

    public async Task OnGet(string? period, string? payer, string? organisation, string? sheet, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Period = ClaimPeriod.Read(period) ?? ClaimPeriod.MonthOf(now.LocalDay());
        ChosenPayer = Enum.TryParse<Payer>(payer, out var one) && Enum.IsDefined(one) ? one : null;
        Organisation = Guid.TryParse(organisation, out var id) ? id : null;
        var lines = (await ledger.Of(Period.From, Period.Until, ct)).Where(l =>
            (ChosenPayer is null || l.Line.Payer == ChosenPayer)
            && (Organisation is null || (l.Line.OrganisationId ?? Guid.Empty) == Organisation)).ToList();
        Total = lines.Count;
        Sheet = int.TryParse(sheet, out var number) ? Math.Clamp(number, 1, Sheets) : 1;
        Lines = lines[((Sheet - 1) * Shown)..Math.Min(Sheet * Shown, Total)];
        Names = await registry.Get(ct);
        db.Audit.Add(AuditEntry.Of("R", User.Who(), $"ClaimLines/{Period.Code}", "look-at-claims", now));
        await db.SaveChangesAsync(ct);
    }

    public string Address(int sheet) => $"/feedback/claims/lines?period={Period.Code}"
        + (ChosenPayer is { } payer ? $"&payer={payer}" : "") + (Organisation is { } id ? $"&organisation={id}" : "") + $"&sheet={sheet}";
}

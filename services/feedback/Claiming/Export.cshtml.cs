using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Claiming;

/// <summary>Chooses what goes into an export, shows what that is, makes it; and the exports that were made.</summary>
[Authorize(Policy = "manager")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ExportModel(ExportClaims exports, ClaimRules rules, RegistryNames registry, FeedbackDbContext db, TimeProvider clock) : PageModel
{
    public const int Shown = 50;

    [BindProperty(SupportsGet = true, Name = "payer")]
    public string? PayerCode { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Until { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Organisation { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Again { get; set; }

    public string? Fault { get; private set; }
    public KnownNames? Names { get; private set; }
    public ExportProposal? Proposal { get; private set; }
    public IReadOnlyList<ExportRun> Runs { get; private set; } = [];
    public bool HasTariffs => rules.HasTariffs;
    public Payer? Payer => Enum.TryParse<Payer>(PayerCode, out var payer) && Enum.IsDefined(payer) ? payer : null;

    public async Task OnGet(CancellationToken ct)
    {
        if (PayerCode is null && From is null && Until is null)
        {
            var before = ClaimPeriod.MonthOf(clock.GetUtcNow().LocalDay().AddMonths(-1));
            (From, Until) = (before.From.Iso(), before.Until.Iso());
        }
        else if (Order() is { } order)
        {
            Proposal = await exports.Propose(order, ct);
        }

        await Load(ct);
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (Order() is { } order)
        {
            var (run, fault) = await exports.Make(order, User.Who(), ct);
            if (run is not null)
            {
                return RedirectToPage("/Claiming/Run", new { number = run.Number });
            }

            Fault = fault;
            Proposal = await exports.Propose(order, ct);
        }

        await Load(ct);
        return Page();
    }

    private async Task Load(CancellationToken ct)
    {
        Names = await registry.Get(ct);
        Runs = await db.ExportRuns.AsNoTracking().OrderByDescending(r => r.Number).Take(Shown).ToListAsync(ct);
    }

    // Null when something is missing; Fault says what.
    private ExportOrder? Order()
    {
        var (from, until) = (ClaimWords.Day(From), ClaimWords.Day(Until));
        Fault = (Payer, from, until) switch
        {
            (null, _, _) => "Kies wie betaalt.",
            (_, null, _) or (_, _, null) => "Vul de eerste en de laatste dag in, bijvoorbeeld 31-12-2026.",
            _ when from > until => "De laatste dag ligt voor de eerste dag.",
            _ => null,
        };
        return Fault is not null
            ? null
            : new ExportOrder(Payer!.Value, from!.Value, until!.Value, Guid.TryParse(Organisation, out var id) ? id : null, Again is "true");
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Claiming;

/// <summary>What somebody filled in to put a line right, as it was typed.</summary>
internal sealed class CorrectionForm
{
    /// <summary>away: it was not held; right: it was, and otherwise.</summary>
    public string? Kind { get; set; }

    public string? Day { get; set; }
    public Guid? Professional { get; set; }

    /// <summary>Empty for the organisation of the professional.</summary>
    public Guid? Organisation { get; set; }

    public string? Reason { get; set; }
}

/// <summary>Puts one line right: fill in, read what will happen, confirm.</summary>
[Authorize(Policy = "manager")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class CorrectModel(Ledger ledger, CorrectLine correct, RegistryNames registry, FeedbackDbContext db, TimeProvider clock) : PageModel
{
    [BindProperty]
    public CorrectionForm Form { get; set; } = new();

    public LedgerLine Line { get; private set; } = null!;
    public KnownNames? Names { get; private set; }
    public string? Fault { get; private set; }

    /// <summary>What will be added; null while it is being filled in.</summary>
    public IReadOnlyList<ClaimLine>? Proposed { get; private set; }

    public IEnumerable<KnownNames.KnownProfessional> Choices =>
        (Names?.Professionals ?? []).Where(p => p.Payer == Line.Line.Payer).OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase);

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        var line = Line.Line;
        Form = new()
        {
            Kind = Line.CanCountAgain ? "right" : null,
            Day = line.HeldOn.Iso(),
            Professional = line.ProfessionalId,
        };
        db.Audit.Add(AuditEntry.Of("R", User.Who(), $"ClaimLine/{id}", "look-at-claims", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        try
        {
            Proposed = Wish() is { } wish ? correct.Propose(Line, wish, User.Who()) : null;
        }
        catch (RuleBrokenException e)
        {
            Fault = e.Message;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostEdit(Guid id, CancellationToken ct) => await Load(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostConfirm(Guid id, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        if (Wish() is { } wish)
        {
            Fault = await correct.Record(Line, wish, User.Who(), ct);
        }

        return Fault is null
            ? RedirectToPage("/Claiming/Lines", new { period = ClaimPeriod.MonthOf(Line.Line.HeldOn).Code, done = "corrected" })
            : Page();
    }

    private async Task<bool> Load(Guid id, CancellationToken ct)
    {
        if (await ledger.Find(id, ct) is not { } line)
        {
            return false;
        }

        (Line, Names) = (line, await registry.Get(ct));
        return true;
    }

    // Null when something is missing; Fault says what.
    private CorrectionWish? Wish()
    {
        var reason = Form.Reason ?? "";
        switch (Form.Kind)
        {
            case "away" when !Line.CanCountAgain:
                return new CorrectionWish(null, reason);
            case "right" when ClaimWords.Day(Form.Day) is not { }:
                Fault = "Vul de dag in, bijvoorbeeld 31-12-2026.";
                return null;
            case "right" when Performer() is { } performer:
                return new CorrectionWish((ClaimWords.Day(Form.Day)!.Value, performer), reason);
            case "right":
                Fault = Names is null
                    ? "De verkenners zijn nu niet op te halen. Probeer het straks opnieuw."
                    : "Kies de verkenner en de organisatie uit de lijst.";
                return null;
            default:
                Fault = "Kies wat er niet klopt.";
                return null;
        }
    }

    private Performer? Performer()
    {
        var line = Line.Line;
        if (Form.Organisation is { } organisation && Names?.Organisations.Any(o => o.Id == organisation) is not true)
        {
            return null;
        }

        if (Form.Professional == line.ProfessionalId && (line.ProfessionCode is not null || line.Payer is Payer.Municipality) && line.OrganisationId is not null)
        {
            return line.Performer with { OrganisationId = Form.Organisation ?? line.OrganisationId }; // as it was on that day
        }

        return Choices.FirstOrDefault(p => p.Id == Form.Professional) is { } chosen
            ? new Performer(chosen.Id, Form.Organisation ?? chosen.OrganisationId, chosen.ProfessionCode)
            : null;
    }
}

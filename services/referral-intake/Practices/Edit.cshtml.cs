using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Practices;

[Authorize(Policy = Pages.Managers)]
internal sealed class EditModel(IntakeDbContext db, PracticeRegister register) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "new";

    [BindProperty]
    public PracticeDetails Details { get; set; } = new();

    /// <summary>New keys; empty leaves them as they are.</summary>
    [BindProperty]
    public string? NewKeys { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [TempData]
    public string? Done { get; set; }

    public Practice? Known { get; private set; }
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public string? Fault(string field) => Faults.FirstOrDefault(f => f.Field == field)?.Dutch;

    public static string InDutch(string mode) => mode switch
    {
        nameof(DeliveryMode.Post) => "Als nieuw document (POST)",
        nameof(DeliveryMode.Document) => "Als documentbundel, zoals ZorgDomein (Document)",
        _ => "Onder ons nummer (PUT)",
    };

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (Id != "new")
        {
            Known = await Find(ct);
            if (Known is null)
            {
                return NotFound();
            }

            (Details, Version) = (PracticeDetails.Of(Known), Known.Version);
        }

        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (Id == "new")
        {
            Faults = await register.Add(Details with { Jwks = NewKeys }, null, User.Who(), ct);
            return Faults.Count > 0 ? Page() : After($"{Details.Name?.Trim()} is aangesloten.");
        }

        Known = await Find(ct);
        if (Known is null)
        {
            return NotFound();
        }

        var keys = string.IsNullOrWhiteSpace(NewKeys) ? string.IsNullOrWhiteSpace(Details.JwksUri) ? Known.Jwks : null : NewKeys;
        Faults = await register.Change(Known, Details with { Jwks = keys }, Version, User.Who(), ct);
        return Faults.Count > 0 ? Page() : After($"De gegevens van {Details.Name?.Trim()} zijn opgeslagen.");
    }

    public async Task<IActionResult> OnPostSwitchOn(CancellationToken ct)
    {
        Known = await Find(ct);
        if (Known is null)
        {
            return NotFound();
        }

        await register.SwitchOn(Known, User.Who(), ct);
        return After($"{Known.Name} kan weer verwijzen.");
    }

    private RedirectResult After(string done)
    {
        Done = done;
        return Redirect("/practices");
    }

    private async Task<Practice?> Find(CancellationToken ct) =>
        Guid.TryParse(Id, out var id) ? await db.Practices.SingleOrDefaultAsync(p => p.Id == id, ct) : null;
}

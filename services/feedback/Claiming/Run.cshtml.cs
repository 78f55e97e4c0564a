using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace VGIntegration.Feedback.Claiming;

/// <summary>One export that was made: what is in it, and the files.</summary>
[Authorize(Policy = "manager")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class RunModel(ExportClaims exports, RegistryNames registry) : PageModel
{
    public ExportRun Run { get; private set; } = null!;
    public IReadOnlyList<ExportedRow> Rows { get; private set; } = [];
    public string? Organisation { get; private set; }

    public async Task<IActionResult> OnGet(int number, CancellationToken ct)
    {
        if (await exports.Find(number, ct) is not ({ } run, { } rows))
        {
            return NotFound();
        }

        (Run, Rows) = (run, rows);
        Organisation = run.OrganisationId is { } id ? (await registry.Get(ct) ?? KnownNames.None).OrganisationOf(id) : null;
        return Page();
    }
}

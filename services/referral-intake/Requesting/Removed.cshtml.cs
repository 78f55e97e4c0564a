using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;

namespace VGIntegration.ReferralIntake.Requesting;

/// <summary>What was removed, and who has not confirmed it yet. It names nobody: nobody knows any more who it was.</summary>
[Authorize(Policy = Pages.Managers)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class RemovedModel(IntakeDbContext db) : PageModel
{
    public Erasure Erasure { get; private set; } = null!;

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if (await db.Erasures.AsNoTracking().SingleOrDefaultAsync(e => e.ReferralId == id, ct) is not { } erasure)
        {
            return NotFound();
        }

        Erasure = erasure;
        return Page();
    }
}

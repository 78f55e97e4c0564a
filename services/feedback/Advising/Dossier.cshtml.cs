using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Advising;

/// <summary>The text for the own file, to copy or to download.</summary>
[Authorize(Policy = "professional")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class DossierModel(FeedbackDbContext db, AdviceSurroundings surroundings, TimeProvider clock) : PageModel
{
    public Advice Advice { get; private set; } = null!;
    public string Note { get; private set; } = "";

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        var advice = await db.Advices.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct);
        if (advice?.IsWrittenBy(User.Who()) is not true)
        {
            return NotFound();
        }

        var (_, conversation) = await surroundings.Of(advice.ReferralId, ct);
        (Advice, Note) = (advice, DossierNote.Of(advice, conversation));
        db.Audit.Add(AuditEntry.Of("R", User.Who(), $"Advice/{id}", "own-dossier", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return Page();
    }
}

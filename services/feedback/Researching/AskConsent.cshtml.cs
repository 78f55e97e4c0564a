using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Researching;

/// <summary>A professional asks the resident whether to take part, and records the answer or that it is withdrawn.</summary>
[Authorize(Policy = "professional")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class AskConsentModel(FeedbackDbContext db, TimeProvider clock) : PageModel
{
    public Advice Advice { get; private set; } = null!;
    public ResearchParticipation? Asked { get; private set; }
    public string? Fault { get; private set; }

    [BindProperty(SupportsGet = true)]
    public bool Done { get; set; }

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        db.Audit.Add(AuditEntry.Of("R", User.Who(), $"Advice/{id}", "research-answer", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, bool? willing, int version, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        if (willing is not { } isWilling)
        {
            Fault = "Kies ja of nee.";
            return Page();
        }

        if (version != (Asked?.Version ?? 0))
        {
            Fault = "Het antwoord is net door iemand anders vastgelegd. Hieronder staat hoe het nu is.";
            return Page();
        }

        var now = clock.GetUtcNow();
        if (Asked is null)
        {
            db.Research.Add(ResearchParticipation.Ask(Advice, isWilling, User.Who(), now));
        }
        else
        {
            Asked.Answer(isWilling, User.Who(), now);
        }

        db.Audit.Add(AuditEntry.Of(Asked is null ? "C" : "U", User.Who(), $"Advice/{id}", isWilling ? "research-consent" : "research-no-consent", now));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) // another one answered at the same moment
        {
            db.ChangeTracker.Clear();
            await Load(id, ct);
            Fault = "Het antwoord is net door iemand anders vastgelegd. Hieronder staat hoe het nu is.";
            return Page();
        }

        return RedirectToPage(new { id, done = true });
    }

    private async Task<bool> Load(Guid id, CancellationToken ct)
    {
        var advice = await db.Advices.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct);
        if (advice?.IsWrittenBy(User.Who()) is not true)
        {
            return false;
        }

        Advice = advice;
        Asked = await db.Research.SingleOrDefaultAsync(r => r.ReferralId == advice.ReferralId, ct);
        return true;
    }
}

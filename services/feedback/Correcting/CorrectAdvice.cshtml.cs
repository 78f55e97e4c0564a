using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Correcting;

/// <summary>One of the two professionals opens an advice that is final once more, or takes it back. A reason and a yes are asked.</summary>
[Authorize(Policy = "professional")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class CorrectAdviceModel(FeedbackDbContext db, StopLetters stop, DeliverySignal signal, TimeProvider clock) : PageModel
{
    internal const int LongestReason = 2_000;
    private const int Attempts = 5;

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>correct or retract.</summary>
    [BindProperty]
    public string? How { get; set; }

    [BindProperty]
    public bool IsSure { get; set; }

    /// <summary>Of the advice as the professional saw it.</summary>
    [BindProperty]
    public int Version { get; set; }

    public Advice Advice { get; private set; } = null!;

    /// <summary>Whether the huisarts has it, as far as is known.</summary>
    public Delivery? Letter { get; private set; }

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        Version = Advice.Version;
        db.Audit.Add(AuditEntry.Of("R", User.Who(), $"Advice/{id}", "correct-advice", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (!await Load(id, ct))
            {
                return NotFound();
            }

            ModelState.Clear();
            Check();
            if (!ModelState.IsValid)
            {
                Version = Advice.Version;
                return Page();
            }

            await Change(AdviceText.Clean(Reason), ct);
            try
            {
                await stop.Save(Advice, ct);
                break;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                db.ChangeTracker.Clear(); // a letter was just on its way, or the other one was first: look anew
            }
        }

        signal.Wake();
        return Redirect($"/feedback/advices/{id}?done={(How is "retract" ? "retracted" : "corrected")}");
    }

    private async Task Change(string reason, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (How is "retract")
        {
            Advice.Retract(reason, now);
            (await db.ReadingLinks.Where(l => l.AdviceId == Advice.Id && l.RevokedAt == null).ToListAsync(ct))
                .ForEach(l => l.Revoke(now)); // perhaps the wrong person has them
        }
        else
        {
            Advice.Correct(reason, now);
        }

        db.Audit.Add(AuditEntry.Of("U", User.Who(), $"Advice/{Advice.Id}", How is "retract" ? "retract-advice" : "correct-advice", now));
    }

    private void Check()
    {
        if (!Advice.IsFinal || Version != Advice.Version)
        {
            ModelState.AddModelError("", "Het advies is net veranderd. Kijk het na en kies dan opnieuw.");
        }

        if (AdviceText.Clean(Reason) is { Length: 0 or > LongestReason })
        {
            ModelState.AddModelError(nameof(Reason), "Schrijf waarom, in minder dan 2.000 tekens.");
        }

        if (How is not ("correct" or "retract"))
        {
            ModelState.AddModelError(nameof(How), "Kies wat er moet gebeuren.");
        }

        if (!IsSure)
        {
            ModelState.AddModelError(nameof(IsSure), "Zet een vinkje als u het zeker weet.");
        }
    }

    private async Task<bool> Load(Guid id, CancellationToken ct)
    {
        var advice = await db.Advices.Include(a => a.Editions).SingleOrDefaultAsync(a => a.Id == id, ct);
        if (advice?.IsWrittenBy(User.Who()) is not true)
        {
            return false;
        }

        Advice = advice;
        Letter = await db.Deliveries.AsNoTracking().Where(d => d.AdviceId == id && d.Kind == ParcelKind.Advice)
            .OrderByDescending(d => d.Number).FirstOrDefaultAsync(ct);
        return true;
    }
}

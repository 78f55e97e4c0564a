using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Returning;

[Authorize(Policy = "manager")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class DeliveriesModel(FeedbackDbContext db, DeliverySignal signal, TimeProvider clock) : PageModel
{
    private const int Shown = 200;

    public IReadOnlyList<Delivery> Deliveries { get; private set; } = [];
    public int Total { get; private set; }

    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    public async Task OnGet(CancellationToken ct)
    {
        Total = await db.Deliveries.CountAsync(ct);
        var open = db.Deliveries.AsNoTracking().Where(d => d.State != DeliveryState.Delivered).OrderBy(d => d.WaitingSince);
        var done = db.Deliveries.AsNoTracking().Where(d => d.State == DeliveryState.Delivered).OrderByDescending(d => d.DeliveredAt);
        Deliveries = [.. await open.Take(Shown).ToListAsync(ct), .. await done.Take(Shown).ToListAsync(ct)];
    }

    public async Task<IActionResult> OnPostSendAgain(Guid delivery, CancellationToken ct)
    {
        var letter = await db.Deliveries.SingleOrDefaultAsync(d => d.Id == delivery, ct);
        if (letter is null)
        {
            return NotFound();
        }

        if (letter.State is DeliveryState.Delivered)
        {
            return RedirectToPage(new { done = "delivered" });
        }

        letter.SendAgain(clock.GetUtcNow());
        db.Audit.Add(AuditEntry.Of("U", User.Who(), $"Advice/{letter.AdviceId}", "send-again", clock.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return RedirectToPage(new { done = "changed" });
        }

        signal.Wake();
        return RedirectToPage(new { done = "sent" });
    }
}

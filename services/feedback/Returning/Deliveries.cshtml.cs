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

    /// <summary>Which part is shown: brieven, standen or meldingen; all when none.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Part { get; set; }

    public async Task OnGet(CancellationToken ct)
    {
        var shown = db.Deliveries.AsNoTracking().Where(DeliveryWords.IsIn(Part));
        Total = await shown.CountAsync(ct);
        var open = shown.Where(d => d.State == DeliveryState.Waiting || d.State == DeliveryState.Refused).OrderBy(d => d.WaitingSince);
        var done = shown.Where(d => d.State == DeliveryState.Delivered || d.State == DeliveryState.NotNeeded)
            .OrderByDescending(d => d.NextAttemptAt);
        Deliveries = [.. await open.Take(Shown).ToListAsync(ct), .. await done.Take(Shown).ToListAsync(ct)];
    }

    public async Task<IActionResult> OnPostSendAgain(Guid delivery, CancellationToken ct)
    {
        var parcel = await db.Deliveries.SingleOrDefaultAsync(d => d.Id == delivery, ct);
        if (parcel is null)
        {
            return NotFound();
        }

        if (parcel is { State: DeliveryState.Delivered, IsLetter: true })
        {
            return RedirectToPage(new { done = "delivered", part = Part });
        }

        parcel.SendAgain(clock.GetUtcNow());
        db.Audit.Add(AuditEntry.Of("U", User.Who(), parcel.AdviceId is { } advice ? $"Advice/{advice}" : $"Delivery/{parcel.Id}", "send-again", clock.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return RedirectToPage(new { done = "changed", part = Part });
        }

        signal.Wake();
        return RedirectToPage(new { done = "sent", part = Part });
    }
}

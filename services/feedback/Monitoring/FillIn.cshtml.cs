using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Monitoring;

/// <summary>The duo's part of the form: saved in pieces, sent in once, and put right with a reason. What the resident chose is not shown.</summary>
[Authorize(Policy = "professional")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class FillInModel(FeedbackDbContext db, MonitoringForms forms, TimeProvider clock) : PageModel
{
    [BindProperty(Name = "Form")]
    public FillInForm Typed { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    public Held Held { get; private set; } = null!;
    public IReadOnlyList<(string Field, string Dutch)> Faults { get; private set; } = [];

    /// <summary>The other one saved while this one typed: both are shown and nothing is lost.</summary>
    public bool IsOvertaken { get; private set; }

    public bool IsSent => Held.Form?.IsSent is true;

    public string? FaultOf(string field) => Faults.Where(f => f.Field == field).Select(f => f.Dutch).FirstOrDefault();

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if (await forms.Find(id, User.Who(), ct) is not { } held)
        {
            return NotFound();
        }

        (Held, Typed) = (held, FillInForm.Of(held));
        db.Audit.Add(AuditEntry.Of("R", User.Who(), $"Advice/{id}", "monitoring-form", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, [FromForm(Name = "Send")] bool isSending, CancellationToken ct)
    {
        if (await forms.Find(id, User.Who(), ct) is not { } held)
        {
            return NotFound();
        }

        Held = held;
        if (Typed.Version != (held.Form?.DuoVersion ?? 0))
        {
            return Overtaken(held);
        }

        var (isCorrecting, isFinishing) = (IsSent, IsSent || isSending);
        Faults = [.. Typed.Faults(held, isFinishing)];
        if (Faults.Count > 0)
        {
            return Page();
        }

        var why = isCorrecting ? "monitoring-correct" : isFinishing ? "monitoring-send" : "monitoring-save";
        var isSaved = await forms.Change(
            held, why, (form, position) => form.IsSent == isCorrecting && form.DuoVersion == Typed.Version && Save(form, isFinishing, position), ct);
        return isSaved
            ? RedirectToPage(new { id, done = isCorrecting ? "corrected" : isFinishing ? "sent" : "saved" })
            : await forms.Find(id, User.Who(), ct) is { } now ? Overtaken(now) : NotFound();
    }

    private bool Save(MonitoringForm form, bool isFinishing, int position)
    {
        var now = clock.GetUtcNow();
        if (form.IsSent)
        {
            form.Correct(Held.Me, (Typed.Answers(), Typed.OwnExperience), Typed.ReasonText, position, now);
            return true;
        }

        form.Write(Held.Me, Typed.Answers(), Typed.OwnExperience);
        if (isFinishing)
        {
            form.SendIn(Typed.NotToBeHad(Held), position, now);
        }

        return true;
    }

    private PageResult Overtaken(Held now)
    {
        (Held, IsOvertaken, Typed.Version) = (now, true, now.Form?.DuoVersion ?? 0);
        return Page();
    }
}

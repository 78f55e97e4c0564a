using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Reading;

/// <summary>The resident's turn at the professional's screen: reads along, answers, and can take a personal link home.</summary>
[Authorize(Policy = "professional")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ReadAdviceModel(FeedbackDbContext db, RecordAnswer record, AdviceSurroundings surroundings, TimeProvider clock) : PageModel, IReadAdvice
{
    [BindProperty]
    public AnswerForm Form { get; set; } = new();

    public Advice Advice { get; private set; } = null!;
    public HeldConversation? Conversation { get; private set; }
    public string Answer => $"/feedback/advices/{Advice.Id}/reading";
    public string Copy => $"/feedback/advices/{Advice.Id}/copy.pdf";

    /// <summary>Shown once, directly after it was made.</summary>
    public Uri? Link { get; private set; }

    public bool HasLink { get; private set; }

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        Form = AnswerForm.Of(Advice);
        db.Audit.Add(AuditEntry.Of("R", User.Who(), $"Advice/{id}", "resident-reads", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return await Show(ct);
    }

    public async Task<IActionResult> OnPost(Guid id, CancellationToken ct) =>
        !await Load(id, ct) ? NotFound()
        : await record.Run(Advice, Form, User.Who(), ModelState, ct) ? Redirect($"/feedback/advices/{id}?done=answered")
        : await Again(id, ct);

    public async Task<IActionResult> OnPostShare(Guid id, bool? shares, CancellationToken ct) =>
        !await Load(id, ct) ? NotFound()
        : await record.Share(Advice, shares, User.Who(), ModelState, ct) ? Redirect($"/feedback/advices/{id}?done=sharing")
        : await Again(id, ct);

    public async Task<IActionResult> OnPostLink(Guid id, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        var (link, key) = ReadingLink.Make(id, clock.GetUtcNow());
        db.Add(link);
        db.Audit.Add(AuditEntry.Of("C", User.Who(), $"Advice/{id}", "personal-link", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        Link = new Uri($"{Request.Scheme}://{Request.Host}{ReadingLink.Path}/{key}");
        Form = AnswerForm.Of(Advice);
        ModelState.Clear();
        return await Show(ct);
    }

    public async Task<IActionResult> OnPostRevoke(Guid id, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        var links = await db.ReadingLinks.Where(l => l.AdviceId == id && l.RevokedAt == null).ToListAsync(ct);
        links.ForEach(l => l.Revoke(clock.GetUtcNow()));
        db.Audit.Add(AuditEntry.Of("U", User.Who(), $"Advice/{id}", "end-personal-links", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { id });
    }

    // What was typed stays; the version is the one that is shown now.
    private async Task<IActionResult> Again(Guid id, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await Load(id, ct);
        Form.Version = Advice.Version;
        return await Show(ct);
    }

    private async Task<bool> Load(Guid id, CancellationToken ct)
    {
        var advice = await db.Advices.SingleOrDefaultAsync(a => a.Id == id, ct);
        Advice = advice!;
        return advice?.IsWrittenBy(User.Who()) is true;
    }

    private async Task<IActionResult> Show(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        HasLink = await db.ReadingLinks.AnyAsync(l => l.AdviceId == Advice.Id && l.RevokedAt == null && l.ExpiresAt > now, ct);
        (_, Conversation) = await surroundings.Of(Advice.ReferralId, ct);
        return Page();
    }
}

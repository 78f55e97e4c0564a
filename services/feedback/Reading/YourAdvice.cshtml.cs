using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Reading;

/// <summary>
/// The resident's own page, behind a personal link and no log-in. The address is the key and no cookie carries anything, so a
/// form from elsewhere has nothing to abuse: no antiforgery token is asked.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken, EnableRateLimiting(Registration.Limit)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class YourAdviceModel(FeedbackDbContext db, RecordAnswer record, AdviceSurroundings surroundings, TimeProvider clock) : PageModel, IReadAdvice
{
    private string _key = "";

    [BindProperty]
    public AnswerForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "klaar")]
    public string? Done { get; set; }

    public Advice Advice { get; private set; } = null!;
    public HeldConversation? Conversation { get; private set; }
    public bool IsGone { get; private set; }
    public string Answer => $"{ReadingLink.Path}/{_key}";
    public string Copy => $"{Answer}/advies.pdf";

    public async Task<IActionResult> OnGet(string token, CancellationToken ct)
    {
        if (!await Load(token, ct))
        {
            return Gone();
        }

        Form = AnswerForm.Of(Advice);
        db.Audit.Add(AuditEntry.Of("R", ResidentMark.ByLink, $"Advice/{Advice.Id}", "resident-reads", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return await Show(ct);
    }

    public async Task<IActionResult> OnPost(string token, CancellationToken ct) =>
        !await Load(token, ct) ? Gone()
        : await record.Run(Advice, Form, ResidentMark.ByLink, ModelState, ct) ? Redirect($"{Answer}?klaar=bewaard")
        : await Again(token, ct);

    public async Task<IActionResult> OnPostShare(string token, bool? shares, CancellationToken ct) =>
        !await Load(token, ct) ? Gone()
        : await record.Share(Advice, shares, ResidentMark.ByLink, ModelState, ct) ? Redirect($"{Answer}?klaar={(shares is true ? "delen" : "niet-delen")}")
        : await Again(token, ct);

    private async Task<IActionResult> Again(string token, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await Load(token, ct);
        Form.Version = Advice.Version;
        return await Show(ct);
    }

    private async Task<bool> Load(string token, CancellationToken ct)
    {
        var found = await YourAdvice.Find(db, token, clock.GetUtcNow(), ct);
        (Advice, _key) = (found!, token);
        return found is not null;
    }

    private async Task<IActionResult> Show(CancellationToken ct)
    {
        (_, Conversation) = await surroundings.Of(Advice.ReferralId, ct);
        return Page();
    }

    // Unknown, ended and revoked: the same page, so that nobody learns which it was.
    private PageResult Gone()
    {
        IsGone = true;
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}

internal static class YourAdvice
{
    /// <summary>The advice of a key that is good now.</summary>
    internal static async Task<Advice?> Find(FeedbackDbContext db, string key, DateTimeOffset now, CancellationToken ct)
    {
        var hash = ReadingLink.HashOf(key) ?? "none";
        var link = await db.ReadingLinks.AsNoTracking().SingleOrDefaultAsync(l => l.TokenHash == hash, ct);
        return link?.IsGood(now) is true ? await db.Advices.SingleOrDefaultAsync(a => a.Id == link.AdviceId, ct) : null;
    }
}

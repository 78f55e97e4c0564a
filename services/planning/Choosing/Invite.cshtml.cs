using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Inviting;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Choosing;

/// <summary>The planner lets the resident choose, sees what was answered, and ends links.</summary>
[Authorize(Policy = Web.Registration.PlannersOnly)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class InviteModel(PlanningDbContext db, PersonalLinks links, InvitingRules rules, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "done")]
    public string? Done { get; set; }

    public Guid ReferralId { get; private set; }
    public bool CanInvite { get; private set; }
    public Uri? Shown { get; private set; }
    public int LinkDays => rules.LinkDays;
    public int Alive { get; private set; }
    public ResidentAnswer? Answer { get; private set; }
    public IReadOnlyList<Notice> Notices { get; private set; } = [];

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct) => await Load(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostSend(Guid id, CancellationToken ct)
    {
        if (!await Load(id, ct) || !CanInvite)
        {
            return NotFound();
        }

        if (!Notices.Any(n => n is { Kind: NoticeKind.Choice, State: NoticeState.Waiting })) // the same click twice
        {
            db.Notices.Add(Notice.OfChoice(id, clock.GetUtcNow()));
            Note(id, "invite-resident-to-choose");
            await db.SaveChangesAsync(ct);
        }

        return RedirectToPage(new { id, done = "sent" });
    }

    /// <summary>Shown once, to read aloud or to hand over.</summary>
    public async Task<IActionResult> OnPostShow(Guid id, CancellationToken ct)
    {
        if (!await Load(id, ct) || !CanInvite)
        {
            return NotFound();
        }

        Note(id, "show-personal-link");
        Shown = await links.Make(id, clock.GetUtcNow().AddDays(rules.LinkDays), ct);
        await Load(id, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostRevoke(Guid id, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        await links.RevokeAll(id, ct);
        Note(id, "revoke-personal-links");
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { id, done = "revoked" });
    }

    private void Note(Guid id, string why) => db.Audit.Add(AuditEntry.Of("U", User.Who(), $"Referral/{id}", why, clock.GetUtcNow()));

    private async Task<bool> Load(Guid id, CancellationToken ct)
    {
        ReferralId = id;
        if (await db.Journeys.AsNoTracking().SingleOrDefaultAsync(j => j.ReferralId == id, ct) is not { } journey)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        CanInvite = journey.Stage is not (Stage.Closed or Stage.Completed);
        Alive = await db.PersonalLinks.CountAsync(l => l.ReferralId == id && l.RevokedAt == null && l.ExpiresAt > now, ct);
        Answer = await db.ResidentAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.ReferralId == id, ct);
        Notices = await db.Notices.AsNoTracking().Where(n => n.ReferralId == id && n.State != NoticeState.NotNeeded)
            .OrderByDescending(n => n.CreatedAt).Take(50).ToListAsync(ct);
        return true;
    }
}

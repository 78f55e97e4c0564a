using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Inviting;

[Authorize(Policy = Web.Registration.PlannersOnly)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class NoticesModel(PlanningDbContext db, KnownRegion known, MailRules mail, IConfiguration settings, TimeProvider clock) : PageModel
{
    private const int AtMost = 100;
    private Region _region = null!;

    [BindProperty(SupportsGet = true, Name = "show")]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true, Name = "done")]
    public string? Done { get; set; }

    public IReadOnlyList<Notice> Notices { get; private set; } = [];
    public bool ShowsAll => Show == "all";
    public bool HasNoServer => mail.Host is null;
    public bool IsDemo => settings.IsDemo();

    public async Task OnGet(CancellationToken ct)
    {
        _region = await known.Get(ct);
        Notices = ShowsAll
            ? await db.Notices.AsNoTracking().OrderByDescending(n => n.CreatedAt).Take(AtMost).ToListAsync(ct)
            : await db.Notices.AsNoTracking().Where(n => n.State == NoticeState.Failed || n.State == NoticeState.ToPrint || n.State == NoticeState.ToCall
                || (n.State == NoticeState.Waiting && n.Obstacle != null)).OrderBy(n => n.StartsAt).Take(AtMost).ToListAsync(ct);
    }

    public Task<IActionResult> OnPostAgain(Guid id, CancellationToken ct) =>
        Change(id, n => n.SendAgain(clock.GetUtcNow()), "again", "send-notice-again", ct);

    public Task<IActionResult> OnPostPosted(Guid id, CancellationToken ct) =>
        Change(id, n => By(n, NoticeState.ToPrint, Channel.Letter), "posted", "letter-posted", ct);

    public Task<IActionResult> OnPostCalled(Guid id, CancellationToken ct) =>
        Change(id, n => By(n, NoticeState.ToCall, Channel.Telephone), "called", "resident-called", ct);

    public string To(Notice notice) => notice.Addressee switch
    {
        Addressee.Resident => "de inwoner",
        Addressee.Professional => _region.Professionals.TryGetValue(notice.AddresseeId, out var person) ? person.Name : "onbekend",
        _ => _region.Locations.TryGetValue(notice.AddresseeId, out var room) ? room.Name : "onbekend",
    };

    private bool By(Notice notice, NoticeState from, Channel channel)
    {
        if (notice.State != from)
        {
            return false;
        }

        notice.MarkSent(channel, clock.GetUtcNow());
        return true;
    }

    private async Task<IActionResult> Change(Guid id, Func<Notice, bool> change, string done, string why, CancellationToken ct)
    {
        if (await db.Notices.SingleOrDefaultAsync(n => n.Id == id, ct) is not { } notice)
        {
            return NotFound();
        }

        if (change(notice))
        {
            db.Audit.Add(AuditEntry.Of("U", User.Who(), $"Referral/{notice.ReferralId}", why, clock.GetUtcNow()));
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateConcurrencyException)
            {
                done = "changed"; // it was being sent at this moment
            }
        }
        else
        {
            done = "changed";
        }

        return Redirect($"/planning/notices?done={done}{(ShowsAll ? "&show=all" : "")}");
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Choosing;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Inviting;

/// <summary>The letter to a resident without an e-mail address, to print. Name and address come from intake now, and stay nowhere.</summary>
[Authorize(Policy = Web.Registration.PlannersOnly)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class PrintLetterModel(
    PlanningDbContext db, KnownRegion known, ReferralIntakeClient intake, WriteMail write, PersonalLinks links, SendNotice send, MailRules mail,
    TimeProvider clock) : PageModel
{
    public Notice Notice { get; private set; } = null!;
    public ResidentContact? Contact { get; private set; }
    public IReadOnlyList<string> Lines { get; private set; } = [];
    public DateTimeOffset Now { get; } = clock.GetUtcNow();
    public string Sender => mail.Name;

    /// <summary>The letter is made by the button alone, for it holds a link of its own.</summary>
    public IActionResult OnGet(Guid id) => NotFound();

    public async Task<IActionResult> OnPost(Guid id, CancellationToken ct)
    {
        if (await db.Notices.AsNoTracking().SingleOrDefaultAsync(n => n.Id == id && n.Addressee == Addressee.Resident, ct) is not { } notice)
        {
            return NotFound();
        }

        Notice = notice;
        db.Audit.Add(AuditEntry.Of("R", User.Who(), $"Referral/{notice.ReferralId}", "print-letter", Now));
        await db.SaveChangesAsync(ct);
        Contact = await intake.Contact(notice.ReferralId, ct);
        if (Contact is not null)
        {
            var appointment = await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.ConversationId == notice.SubjectId, ct);
            var link = await links.Make(notice.ReferralId, send.Until(notice), ct);
            Lines = [.. write.Words(notice, appointment, await known.Get(ct), link)];
        }

        return Page();
    }
}

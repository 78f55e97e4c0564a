using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Receiving;

namespace VGIntegration.ReferralIntake.Requesting;

/// <summary>One referral of a resident who asks about the own data: download all of it, or go on to remove it.</summary>
[Authorize(Policy = Pages.Managers)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class RecordModel(IntakeDbContext db, ExportRecord export, TimeProvider clock) : PageModel
{
    public Referral Referral { get; private set; } = null!;
    public string Practice { get; private set; } = "";
    public ReferralState State { get; private set; }
    public bool IsOpen => !EraseReferral.Ended.Contains(State);

    /// <summary>The part that did not answer.</summary>
    public string? Away { get; private set; }

    public Task<IActionResult> OnGet(Guid id, CancellationToken ct) => Look(id, "look-at-record", ct);

    public async Task<IActionResult> OnPost(Guid id, CancellationToken ct)
    {
        var looked = await Look(id, "export-record", ct);
        if (looked is not PageResult)
        {
            return looked;
        }

        (var zip, Away) = await export.Run(Referral, ct);
        return zip is null ? looked : File(zip, "application/zip", $"gegevens-{Referral.Id.ToString("N")[..8]}.zip");
    }

    private async Task<IActionResult> Look(Guid id, string why, CancellationToken ct)
    {
        var referral = await db.Referrals.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        var task = await db.Tasks.AsNoTracking().SingleOrDefaultAsync(t => t.ReferralId == id, ct);
        if (referral is null || task is null)
        {
            return NotFound();
        }

        (Referral, State) = (referral, task.State);
        Practice = await db.Practices.Where(p => p.Id == referral.PracticeId).Select(p => p.Name).SingleAsync(ct);
        db.Audit.Add(AuditEntry.Of("R", User.Who(), $"Referral/{id}", why, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return Page();
    }

    public static string InDutch(ReferralState state) => ReferralStatus.Of(state).Display ?? "Had er niet moeten zijn";
}

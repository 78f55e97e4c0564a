using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Keeping;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Requesting;

namespace VGIntegration.ReferralIntake.Keeping;

/// <summary>How long what is kept in the three services, what the last night removed, and what was removed on request. No names.</summary>
[Authorize(Policy = Pages.Managers)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class OverviewModel(IntakeDbContext db, KeptKinds<IntakeDbContext> kept, PlanningRecords planning, FeedbackRecords feedback) : PageModel
{
    public const int Shown = 50;

    public IReadOnlyList<(string Service, IReadOnlyList<KeptKind>? Kinds)> Services { get; private set; } = [];
    public IReadOnlyList<Erasure> OnRequest { get; private set; } = [];
    public int Unconfirmed { get; private set; }

    public async Task OnGet(CancellationToken ct)
    {
        Services =
        [
            ("Verwijzingen", await kept.Report(db, ct)), ("Planning", await planning.Kinds(ct)),
            ("Terugkoppeling", await feedback.Kinds(ct)),
        ];
        OnRequest = await db.Erasures.AsNoTracking().Where(e => e.Reason != ErasureReason.KeptLongEnough)
            .OrderByDescending(e => e.ErasedAt).Take(Shown).ToListAsync(ct);
        Unconfirmed = await db.Erasures.CountAsync(e => e.PlanningAt == null || e.FeedbackAt == null, ct);
    }

    public static string Day(DateTimeOffset at) => Night.Of(at).ToString("d-M-yyyy", System.Globalization.CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("d-M-yyyy", System.Globalization.CultureInfo.InvariantCulture);
}

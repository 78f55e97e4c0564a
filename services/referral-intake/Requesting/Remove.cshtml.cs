using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Hosting;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Keeping;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;

namespace VGIntegration.ReferralIntake.Requesting;

/// <summary>Removing a referral: why, that nothing stands in the way (WGBO art. 7:455 lid 2), and a second look before it is done.</summary>
[Authorize(Policy = Pages.Managers)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class RemoveModel(IntakeDbContext db, FeedbackRecords feedback, TimeProvider clock) : PageModel
{
    internal static readonly IReadOnlyList<string> Reasons = [ErasureReason.AskedByResident, ErasureReason.EnteredInError];

    public Guid Id { get; private set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public bool NothingAgainst { get; set; }

    [BindProperty]
    public bool Confirmed { get; set; }

    public bool IsOpen { get; private set; }
    public IReadOnlyList<(string Part, int Rows)> Parts { get; private set; } = [];
    public string? ReasonFault { get; private set; }
    public string? AgainstFault { get; private set; }
    public bool AsksToConfirm { get; private set; }

    /// <summary>Why it cannot be removed at this moment.</summary>
    public string? Obstacle { get; private set; }

    public Task<IActionResult> OnGet(Guid id, CancellationToken ct) => Show(id, ct);

    public async Task<IActionResult> OnPost(Guid id, CancellationToken ct)
    {
        var shown = await Show(id, ct);
        if (shown is not PageResult || IsOpen)
        {
            return shown;
        }

        ReasonFault = Reason is not null && Reasons.Contains(Reason) ? null : "Kies waarom u het verwijdert.";
        AgainstFault = NothingAgainst ? null : "Zonder dit mag u niet verwijderen. Overleg bij twijfel met de functionaris gegevensbescherming.";
        AsksToConfirm = ReasonFault is null && AgainstFault is null;
        if (!AsksToConfirm || !Confirmed)
        {
            return shown;
        }

        Obstacle = await feedback.UnderwayOf(id, ct) switch
        {
            null => "De terugkoppeling geeft nu geen antwoord. Er is niets verwijderd. Probeer het later nog eens.",
            { Letters: > 0 } => "Er is nog een brief onderweg naar de huisarts. Er is niets verwijderd. Kijk bij Verzending, en probeer het daarna nog eens.",
            _ => null,
        };
        if (Obstacle is not null)
        {
            return shown;
        }

        return await EraseReferral.Run(db, id, Reason!, User.Who(), clock.GetUtcNow(), ct) ? Redirect($"/practices/keeping/removed/{id}") : await Show(id, ct);
    }

    public static string InDutch(string reason) => reason switch
    {
        ErasureReason.AskedByResident => "De inwoner vroeg het",
        ErasureReason.EnteredInError => "Had er niet moeten zijn",
        _ => "Lang genoeg bewaard",
    };

    private async Task<IActionResult> Show(Guid id, CancellationToken ct)
    {
        if (await db.Erasures.AnyAsync(e => e.ReferralId == id, ct))
        {
            return Redirect($"/practices/keeping/removed/{id}"); // somebody pressed twice, or another manager was first
        }

        if (await db.Tasks.Where(t => t.ReferralId == id).Select(t => (ReferralState?)t.State).SingleOrDefaultAsync(ct) is not { } state)
        {
            return NotFound();
        }

        (Id, IsOpen) = (id, !EraseReferral.Ended.Contains(state));
        Parts = IsOpen ? [] : [.. (await IntakeRecord.Whole.Count(db, id, ct)).Reverse()];
        return Page();
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Receiving;

namespace VGIntegration.ReferralIntake.Requesting;

/// <summary>A resident asks about the own data: which referrals are there? What is asked goes in the body, never in an address.</summary>
[Authorize(Policy = Pages.Managers)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class FindModel(IntakeDbContext db, FindReferrals find, TimeProvider clock) : PageModel
{
    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? BirthDate { get; set; }

    [BindProperty]
    public string? Bsn { get; set; }

    public (string Field, string Fault)? Fault { get; private set; }
    public IReadOnlyList<Found>? Referrals { get; private set; }

    public async Task OnPost(CancellationToken ct)
    {
        var born = DateOnly.TryParseExact(BirthDate?.Trim(), ["yyyy-MM-dd", "d-M-yyyy"], out var day) ? day : (DateOnly?)null;
        var question = new Question(Short(Number), Short(Name), born, Short(Bsn));
        Fault = BirthDate is { Length: > 0 } && born is null
            ? (nameof(BirthDate), "Schrijf de geboortedatum als dag, maand en jaar, zoals 17-5-1980.")
            : question.Fault;
        if (Fault is not null)
        {
            return;
        }

        var found = await find.Run(question, ct);
        var (who, now) = (User.Who(), clock.GetUtcNow());
        db.AddRange(found.Select(r => AuditEntry.Of("R", who, $"Referral/{r.Id}", "find-record", now)));
        if (found.Count == 0)
        {
            db.Audit.Add(AuditEntry.Of("E", who, "Referral", "find-record", now));
        }

        await db.SaveChangesAsync(ct);
        var ids = found.Select(r => r.Id).ToList();
        var states = await db.Tasks.AsNoTracking().Where(t => ids.Contains(t.ReferralId)).ToDictionaryAsync(t => t.ReferralId, t => t.State, ct);
        Referrals = [.. found.Where(r => states.ContainsKey(r.Id)).Select(r => new Found(r, RecordModel.InDutch(states[r.Id])))];
    }

    public string? FaultOf(string field) => Fault is var (wrong, fault) && wrong == field ? fault : null;

    private static string? Short(string? text) => text?.Replace("\0", "", StringComparison.Ordinal).Trim() is { Length: > 0 } given
        ? string.Concat(given.EnumerateRunes().Take(300)) // half a character would be none
        : null;

    public sealed record Found(Referral Referral, string State);
}

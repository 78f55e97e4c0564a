using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Practices;

[Authorize(Policy = Pages.Managers)]
internal sealed class OverviewModel(IntakeDbContext db) : PageModel
{
    private const int PerPage = 100;

    [BindProperty(SupportsGet = true, Name = "p")]
    public int PageNumber { get; set; } = 1;

    [TempData]
    public string? Done { get; set; }

    public IReadOnlyList<Practice> Practices { get; private set; } = [];
    public bool HasMore { get; private set; }

    public async Task OnGet(CancellationToken ct)
    {
        PageNumber = Math.Clamp(PageNumber, 1, 10_000);
        var found = await db.Practices.AsNoTracking().OrderBy(p => p.Name).ThenBy(p => p.Id)
            .Skip((PageNumber - 1) * PerPage).Take(PerPage + 1).ToListAsync(ct);
        (Practices, HasMore) = ([.. found.Take(PerPage)], found.Count > PerPage);
    }

    /// <summary>By kid and date only: what a key is, nobody needs to see.</summary>
    public static string Keys(Practice practice)
    {
        var keys = practice.JwksUri is not null ? "op het adres van de praktijk"
            : practice.Jwks is not null ? string.Join(", ", KeySet.Read(practice.Jwks).Select(k => k.Kid))
            : practice.HasSecret ? "geheim" : null;
        return keys is null ? "nog geen" : practice.KeysChangedAt is { } at ? $"{keys} (sinds {at:dd-MM-yyyy})" : keys;
    }
}

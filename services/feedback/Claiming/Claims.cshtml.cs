using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;

namespace VGIntegration.Feedback.Claiming;

/// <summary>The ledger of a year or a month in numbers, for each organisation and who pays.</summary>
[Authorize(Policy = "manager")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ClaimsModel(FeedbackDbContext db, Ledger ledger, RegistryNames registry, TimeProvider clock) : PageModel
{
    public ClaimPeriod Chosen { get; private set; } = null!;

    /// <summary>The years of which there are lines, and this one.</summary>
    public IReadOnlyList<int> Years { get; private set; } = [];

    public bool HasNames { get; private set; }
    public IReadOnlyList<(Payer Payer, Guid? OrganisationId, string Organisation, ClaimTally Tally)> Rows { get; private set; } = [];
    public IReadOnlyList<(Payer Payer, ClaimTally Tally)> Totals { get; private set; } = [];

    /// <summary>The months with lines, when a whole year is chosen.</summary>
    public IReadOnlyList<(ClaimPeriod Month, Payer Payer, ClaimTally Tally)> Months { get; private set; } = [];

    public async Task OnGet(string? period, CancellationToken ct)
    {
        var today = clock.GetUtcNow().LocalDay();
        Chosen = ClaimPeriod.Read(period) ?? new ClaimPeriod(today.Year, null);
        var first = await db.ClaimLines.MinAsync(l => (DateOnly?)l.HeldOn, ct) ?? today;
        var last = await db.ClaimLines.MaxAsync(l => (DateOnly?)l.HeldOn, ct) ?? today;
        var until = Math.Max(last.Year, Math.Max(today.Year, Chosen.Year));
        Years = [.. Enumerable.Range(Math.Min(first.Year, Chosen.Year), until - Math.Min(first.Year, Chosen.Year) + 1).Reverse()];

        var lines = await ledger.Of(Chosen.From, Chosen.Until, ct);
        var names = lines.Count == 0 ? KnownNames.None : await registry.Get(ct);
        HasNames = names is not null;
        Rows = [.. lines.GroupBy(l => (l.Line.Payer, l.Line.OrganisationId))
            .Select(g => (g.Key.Payer, g.Key.OrganisationId, (names ?? KnownNames.None).OrganisationOf(g.Key.OrganisationId), ClaimTally.Of(g)))
            .OrderBy(r => r.Payer).ThenBy(r => r.Item3, StringComparer.CurrentCultureIgnoreCase)];
        Totals = [.. lines.GroupBy(l => l.Line.Payer).OrderBy(g => g.Key).Select(g => (g.Key, ClaimTally.Of(g)))];
        Months = Chosen.Month is not null ? [] : [.. lines.GroupBy(l => (Month: ClaimPeriod.MonthOf(l.Line.HeldOn), l.Line.Payer))
            .OrderBy(g => g.Key.Month.From).ThenBy(g => g.Key.Payer).Select(g => (g.Key.Month, g.Key.Payer, ClaimTally.Of(g)))];
    }
}

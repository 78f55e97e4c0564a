using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Claiming;

/// <summary>What an export would hold, and what stays behind and why.</summary>
internal sealed record ExportProposal(
    ExportOrder Order, IReadOnlyList<(LedgerLine Ledger, Price Price)> Going, IReadOnlyList<(Standing Why, int Lines)> Staying)
{
    internal int Count => Going.Sum(g => g.Ledger.Line.Count);
    internal decimal Amount => Going.Sum(g => g.Ledger.Line.Count * g.Price.Euros);
    internal int TakenBack => Going.Count(g => g.Ledger.Line.Count < 0);
    internal int Earlier => Going.Count(g => g.Ledger.Line.HeldOn < Order.From);
    internal int Before => Going.Count(g => g.Ledger.Exported is not null);
}

/// <summary>One line of an export as it was made, and the number of the export that held it before.</summary>
internal sealed record ExportedRow(ClaimLine Line, ExportedLine Exported, int? EarlierRun);

/// <summary>Makes exports: each line goes into one, unless somebody asks for it again.</summary>
internal sealed class ExportClaims(FeedbackDbContext db, Ledger ledger, TimeProvider clock)
{
    internal async Task<ExportProposal> Propose(ExportOrder order, CancellationToken ct)
    {
        var lines = (await ledger.WithEarlierCorrections(order.From, order.Until, order.Payer, ct))
            .Where(l => order.OrganisationId is null || l.Line.OrganisationId == order.OrganisationId).ToList();
        var going = lines.Where(l => Goes(l, order)).ToList();
        var prices = going.Where(l => l.Line.Count > 0)
            .ToDictionary(l => l.Line.Id, l => l.Exported is null ? l.Price! : ledger.PriceAgain(l));
        var staying = lines.Where(l => l.Line.HeldOn >= order.From && l.Line.Count > 0)
            .Select(l => l.Standing).Where(s => s is not (Standing.Claimable or Standing.CancelledOut))
            .Where(s => s is not Standing.Exported || !order.Again).CountBy(s => s);
        return new ExportProposal(
            order,
            [.. going.Select(l => (l, prices.GetValueOrDefault(l.Line.Count > 0 ? l.Line.Id : l.Line.OriginId) ?? l.Price!))],
            [.. staying.OrderBy(s => s.Key).Select(s => (s.Key, s.Value))]);
    }

    /// <summary>The export, or why there is none.</summary>
    internal async Task<(ExportRun? Run, string? Fault)> Make(ExportOrder order, string login, CancellationToken ct)
    {
        var proposal = await Propose(order, ct);
        if (proposal.Going.Count == 0)
        {
            return (null, "Er is in deze periode niets te declareren.");
        }

        var (number, now) = ((await db.ExportRuns.MaxAsync(r => (int?)r.Number, ct) ?? 0) + 1, clock.GetUtcNow());
        var run = ExportRun.Make(number, order, login, now);
        db.ExportRuns.Add(run);
        db.ExportedLines.AddRange(proposal.Going.Select(g => ExportedLine.Of(run, g.Ledger.Line, (g.Ledger.Exported?.Turn ?? 0) + 1, g.Price)));
        db.Audit.Add(AuditEntry.Of("C", login, $"ClaimExport/{number}", "export-claims", now));
        try
        {
            await db.SaveChangesAsync(ct);
            return (run, null);
        }
        catch (DbUpdateException) // another one took the number, or a line, at the same moment
        {
            db.ChangeTracker.Clear();
            return (null, "Iemand anders heeft net ook een bestand gemaakt. Bekijk hieronder wat er nog over is.");
        }
    }

    /// <summary>An export as it was made, with its lines in the order of the days.</summary>
    internal async Task<(ExportRun Run, IReadOnlyList<ExportedRow> Rows)?> Find(int number, CancellationToken ct)
    {
        if (await db.ExportRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Number == number, ct) is not { } run)
        {
            return null;
        }

        var lines = await db.ExportedLines.AsNoTracking().Where(e => e.RunId == run.Id)
            .Join(db.ClaimLines, e => e.LineId, l => l.Id, (e, l) => new { Exported = e, Line = l }).ToListAsync(ct);
        var earlier = await db.ExportedLines.AsNoTracking()
            .Where(e => db.ExportedLines.Any(own => own.RunId == run.Id && own.LineId == e.LineId && own.Turn == e.Turn + 1))
            .Join(db.ExportRuns, e => e.RunId, r => r.Id, (e, r) => new { e.LineId, r.Number }).ToDictionaryAsync(e => e.LineId, e => e.Number, ct);
        return (run, [.. lines.OrderBy(l => l.Line.HeldOn).ThenBy(l => l.Line.ConversationNumber, StringComparer.Ordinal).ThenBy(l => l.Line.Id)
            .Select(l => new ExportedRow(l.Line, l.Exported, earlier.TryGetValue(l.Line.Id, out var before) ? before : null))]);
    }

    // What was put right after it went out comes along with the next export, of whatever period.
    private static bool Goes(LedgerLine line, ExportOrder order) => line.Line.HeldOn >= order.From
        ? line.Standing is Standing.Claimable || (line.Standing is Standing.Exported && order.Again)
        : line.Standing is Standing.Claimable && line.FollowsExport;
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;

namespace VGIntegration.Feedback.Claiming;

/// <summary>How a line stands towards who pays for it.</summary>
internal enum Standing
{
    Claimable,
    Exported,

    /// <summary>Taken back before it was ever exported: neither goes out.</summary>
    CancelledOut,

    /// <summary>No code and tariff for its day yet; one that is set later reaches it still.</summary>
    NoTariff,

    ProfessionOutsideList,
    ProfessionUnknown,
    OrganisationUnknown,
}

/// <summary>A line, how it stands, what it is or was claimed for, and what was put right about it.</summary>
internal sealed record LedgerLine(ClaimLine Line, Standing Standing, Price? Price, ExportedLine? Exported)
{
    /// <summary>The line that takes this one back.</summary>
    internal ClaimLine? TakenBackBy { get; init; }

    /// <summary>For a line that takes back: nothing was counted in its place yet.</summary>
    internal bool CanCountAgain { get; init; }

    /// <summary>It puts right what was exported, in one step or in several: it goes out with the next export, whatever its day.</summary>
    internal bool FollowsExport { get; init; }

    internal bool CanBeCorrected => Line.Kind is ClaimLineKind.Reversal ? CanCountAgain : TakenBackBy is null;

    internal decimal Amount => Line.Count * (Price?.Euros ?? 0);
}

/// <summary>Reads the lines and judges them by the settings of this moment.</summary>
internal sealed class Ledger(FeedbackDbContext db, ClaimRules rules)
{
    /// <summary>What was held in a period.</summary>
    internal Task<IReadOnlyList<LedgerLine>> Of(DateOnly from, DateOnly until, CancellationToken ct) =>
        Judge(db.ClaimLines.Where(l => l.HeldOn >= from && l.HeldOn <= until), ct);

    /// <summary>What was held in a period, and from before it whatever was put right.</summary>
    internal async Task<IReadOnlyList<LedgerLine>> WithEarlierCorrections(DateOnly from, DateOnly until, Payer payer, CancellationToken ct)
    {
        var lines = await Judge(
            db.ClaimLines.Where(l => l.Payer == payer && ((l.HeldOn >= from && l.HeldOn <= until)
                || db.ClaimLines.Any(c => c.ConversationId == l.ConversationId && c.Kind != ClaimLineKind.Held))),
            ct);
        return [.. lines.Where(l => l.Line.HeldOn <= until)];
    }

    /// <summary>One line, judged; null when there is no such line.</summary>
    internal async Task<LedgerLine?> Find(Guid id, CancellationToken ct)
    {
        var conversation = db.ClaimLines.Where(l => l.Id == id).Select(l => l.ConversationId);
        var lines = await Judge(db.ClaimLines.Where(l => conversation.Contains(l.ConversationId)), ct);
        return lines.SingleOrDefault(l => l.Line.Id == id);
    }

    // A line that takes back has the day, payer and organisation of what it takes back: whoever finds one finds the other.
    private async Task<IReadOnlyList<LedgerLine>> Judge(IQueryable<ClaimLine> wanted, CancellationToken ct)
    {
        var lines = await wanted.AsNoTracking().ToListAsync(ct);
        var exported = (await db.ExportedLines.AsNoTracking().Where(e => wanted.Any(l => l.Id == e.LineId)).ToListAsync(ct))
            .GroupBy(e => e.LineId).ToDictionary(g => g.Key, g => g.MaxBy(e => e.Turn)!);
        var reversals = lines.Where(l => l.Kind is ClaimLineKind.Reversal).ToDictionary(l => l.OriginId);
        var replaced = await db.ClaimLines
            .Where(l => l.Kind == ClaimLineKind.Right && wanted.Any(w => w.Kind == ClaimLineKind.Reversal && w.OriginId == l.OriginId))
            .Select(l => l.OriginId).ToHashSetAsync(ct);
        var known = lines.ToDictionary(l => l.Id);
        return [.. lines.Select(line =>
        {
            var (standing, price) = Judge(line, exported, reversals);
            return new LedgerLine(line, standing, price, exported.GetValueOrDefault(line.Id))
            {
                TakenBackBy = line.Kind is ClaimLineKind.Reversal ? null : reversals.GetValueOrDefault(line.Id),
                FollowsExport = Follows(line),
                CanCountAgain = line.Kind is ClaimLineKind.Reversal && !replaced.Contains(line.OriginId),
            };
        }).OrderBy(l => l.Line.HeldOn).ThenBy(l => l.Line.ConversationNumber, StringComparer.Ordinal).ThenBy(l => l.Line.Payer).ThenBy(l => l.Line.Id)];

        bool Follows(ClaimLine line) => line.Kind is not ClaimLineKind.Held
            && (exported.ContainsKey(line.OriginId) || (known.TryGetValue(line.OriginId, out var origin) && Follows(origin)));
    }

    private (Standing Standing, Price? Price) Judge(
        ClaimLine line, Dictionary<Guid, ExportedLine> exported, Dictionary<Guid, ClaimLine> reversals)
    {
        if (exported.TryGetValue(line.Id, out var before))
        {
            return (Standing.Exported, new Price(before.Code, before.Tariff));
        }

        if (line.Kind is ClaimLineKind.Reversal)
        {
            return exported.TryGetValue(line.OriginId, out var claimed)
                ? (Standing.Claimable, new Price(claimed.Code, claimed.Tariff)) // as it was claimed, whatever the tariff is now
                : (Standing.CancelledOut, null);
        }

        return reversals.ContainsKey(line.Id) ? (Standing.CancelledOut, null) : Judge(line);
    }

    private (Standing Standing, Price? Price) Judge(ClaimLine line) => line switch
    {
        { Payer: Payer.Insurer, ProfessionCode: null } => (Standing.ProfessionUnknown, null),
        _ when !rules.Pays(line.Payer, line.ProfessionCode) => (Standing.ProfessionOutsideList, null),
        { OrganisationId: null } => (Standing.OrganisationUnknown, null),
        _ => rules.PriceOn(line.Payer, line.HeldOn) is { } price ? (Standing.Claimable, price) : (Standing.NoTariff, null),
    };

    /// <summary>What a line that was exported before would be claimed for now.</summary>
    internal Price PriceAgain(LedgerLine line) =>
        (line.Line.Count > 0 ? rules.PriceOn(line.Line.Payer, line.Line.HeldOn) : null) ?? line.Price!;
}

namespace VGIntegration.Feedback.Claiming;

/// <summary>Lines in numbers. Count is Claimed, Open and NotYet together.</summary>
internal sealed record ClaimTally(int Count, int Corrected, int Claimed, decimal Amount, int Open, decimal OpenAmount, int NotYet)
{
    internal static ClaimTally Of(IEnumerable<LedgerLine> lines)
    {
        var all = lines.ToList();
        var (claimed, open) = (all.Where(l => l.Standing is Standing.Exported).ToList(), all.Where(l => l.Standing is Standing.Claimable).ToList());
        return new(
            all.Sum(l => l.Line.Count), all.Count(l => l.Line.Kind is ClaimLineKind.Reversal),
            claimed.Sum(l => l.Line.Count), claimed.Sum(l => l.Amount), open.Sum(l => l.Line.Count), open.Sum(l => l.Amount),
            all.Where(l => l.Standing.Why() is not null).Sum(l => l.Line.Count));
    }
}

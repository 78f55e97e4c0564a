namespace VGIntegration.Planning.Matching;

/// <summary>A referral that waits for a moment.</summary>
internal sealed record Waiting(Guid ReferralId, Wishes Wishes);

/// <summary>A proposal for many referrals at once, with what no plan could ever be worth more than.</summary>
internal sealed record ListPlan(IReadOnlyDictionary<Guid, Candidate> Planned, double Value, double Bound)
{
    /// <summary>What it is worth that a referral is planned at all; the penalty points of its proposal go off.</summary>
    internal const float Worth = 100;

    internal double Regret => Bound - Value;
}

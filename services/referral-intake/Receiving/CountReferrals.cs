using System.Diagnostics.Metrics;

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>The counters referrals and referral_criteria: how many came, and for which reasons; one without a reason counts as geen.</summary>
internal sealed class CountReferrals
{
    private readonly Counter<long> _referrals;
    private readonly Counter<long> _criteria;

    public CountReferrals(IMeterFactory meters)
    {
        var meter = meters.Create("VGIntegration");
        (_referrals, _criteria) = (meter.CreateCounter<long>("referrals"), meter.CreateCounter<long>("referral_criteria"));
    }

    internal void Add(Referral referral)
    {
        _referrals.Add(1, new KeyValuePair<string, object?>("priority", referral.Priority));
        foreach (var criterion in referral.CriterionCodes.DefaultIfEmpty("geen"))
        {
            _criteria.Add(1, new KeyValuePair<string, object?>("criterion", criterion));
        }
    }
}

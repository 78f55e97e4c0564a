namespace VGIntegration.Contracts.ReferralIntake;

/// <summary>The reasons of <see cref="ReferralErased"/>.</summary>
public static class ErasureReason
{
    /// <summary>Its period has passed.</summary>
    public const string KeptLongEnough = "kept-long-enough";

    /// <summary>The resident asked for it (WGBO art. 7:455 BW, AVG art. 17).</summary>
    public const string AskedByResident = "asked-by-resident";

    /// <summary>It should never have been here: another resident, another practice.</summary>
    public const string EnteredInError = "entered-in-error";
}

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>The elfproef of the burgerservicenummer.</summary>
internal static class Bsn
{
    internal static bool IsValid(string? value) =>
        value is { Length: 9 } && value.All(char.IsAsciiDigit) && value != "000000000" && Sum(value) % 11 == 0;

    // 9·d1 + 8·d2 + … + 2·d8 − 1·d9
    private static int Sum(string digits) =>
        digits.Select((digit, i) => (digit - '0') * (i == 8 ? -1 : 9 - i)).Sum();
}

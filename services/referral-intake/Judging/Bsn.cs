namespace VGIntegration.ReferralIntake.Judging;

/// <summary>The elfproef of the burgerservicenummer.</summary>
internal static class Bsn
{
    internal const string Zeroes = "000000000";

    internal static bool IsValid(ReadOnlySpan<char> value)
    {
        if (value.Length != 9 || value.ContainsAnyExceptInRange('0', '9') || value.SequenceEqual(Zeroes))
        {
            return false;
        }

        var sum = -(value[8] - '0'); // 9·d1 + 8·d2 + … + 2·d8 − 1·d9
        for (var i = 0; i < 8; i++)
        {
            sum += (value[i] - '0') * (9 - i);
        }

        return sum % 11 == 0;
    }
}

namespace VGIntegration.ReferralIntake.Judging;

/// <summary>
/// The form of an ICPC-1-NL code: a chapter; 01-29 complaints, 30-69 what was done, 70-99 diagnoses; and for the Dutch
/// subdivision a point with two digits.
/// </summary>
internal static class Icpc
{
    private const string Chapters = "ABDFHKLNPRSTUWXYZ";

    internal static bool IsValid(string? code)
    {
        if (code is not { Length: 3 or 6 } || !Chapters.Contains(code[0], StringComparison.Ordinal)
            || !char.IsAsciiDigit(code[1]) || !char.IsAsciiDigit(code[2]) || (code.Length == 6 && !IsSubdivision(code)))
        {
            return false;
        }

        var number = ((code[1] - '0') * 10) + code[2] - '0';
        return number > 0 && (code[0] != 'Z' || number < 70); // Z, social problems, has no diagnoses
    }

    private static bool IsSubdivision(string code) =>
        code[3] == '.' && char.IsAsciiDigit(code[4]) && char.IsAsciiDigit(code[5]) && code[4..] != "00";
}

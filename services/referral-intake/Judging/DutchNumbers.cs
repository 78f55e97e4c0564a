using PhoneNumbers;
using VGIntegration.Fhir;

namespace VGIntegration.ReferralIntake.Judging;

/// <summary>The forms of numbers and codes as the Dutch registers give them out.</summary>
internal static class DutchNumbers
{
    private static readonly PhoneNumberUtil Phones = PhoneNumberUtil.GetInstance();

    /// <summary>Whether somebody can dial it, from the Netherlands or as an international number.</summary>
    internal static bool IsDialable(string value)
    {
        try
        {
            return value.Length <= 40 && Phones.IsValidNumber(Phones.Parse(value, "NL"));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    /// <summary>1234 AB as 1234AB; null when it is no Dutch postcode. SA, SD and SS are never given out.</summary>
    internal static string? Postcode(string value)
    {
        Span<char> code = stackalloc char[6];
        var length = 0;
        foreach (var c in value)
        {
            if (c is ' ' or '\u00A0')
            {
                continue;
            }

            if (length == 6)
            {
                return null;
            }

            code[length++] = char.ToUpperInvariant(c);
        }

        return length == 6 && code[0] is >= '1' and <= '9' && IsDigits(code[..4], 4) && char.IsAsciiLetterUpper(code[4])
            && char.IsAsciiLetterUpper(code[5]) && code[4..] is not "SA" and not "SD" and not "SS" ? code.ToString() : null;
    }

    /// <summary>Whether a number has the length that its register gives out; a register that is not known is not judged.</summary>
    internal static bool HasForm(string? system, string? value) => system switch
    {
        IdentifierSystems.Agb or IdentifierSystems.Ura => IsDigits(value, 8),
        IdentifierSystems.Uzi => IsDigits(value, 9),
        IdentifierSystems.Big => IsDigits(value, 11),
        _ => true,
    };

    /// <summary>ZD or ZP, and 9 digits.</summary>
    internal static bool IsZorgDomeinNumber(string? value) => value is ['Z', 'D' or 'P', ..] && IsDigits(value.AsSpan(2), 9);

    private static bool IsDigits(ReadOnlySpan<char> value, int length) =>
        value.Length == length && !value.ContainsAnyExceptInRange('0', '9');
}

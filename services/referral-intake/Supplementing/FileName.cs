using System.Globalization;
using System.Text;

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>A name that is safe to save under: never a path, never another kind than the file is.</summary>
internal static class FileName
{
    private const int Longest = 100;
    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3",
    };

    internal static string Of(string? told, FileKind kind, int number)
    {
        var last = told?.Split('/', '\\')[^1] ?? "";
        var plain = new StringBuilder();
        foreach (var rune in last.EnumerateRunes())
        {
            // Also marks that turn the reading direction: "fdp.exe" would read as "exe.pdf".
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                && rune.Value is not (':' or '*' or '?' or '"' or '<' or '>' or '|' or 0xFFFD))
            {
                plain.Append(rune);
            }
        }

        var name = Stem(plain.ToString());
        name = name.Length > Longest ? name[..(char.IsHighSurrogate(name[Longest - 1]) ? Longest - 1 : Longest)] : name;
        return (name.Length == 0 || Devices.Contains(name) ? $"bijlage-{number}" : name) + kind.Extension;
    }

    // Only an ending that looks like one is taken off: "brief van 3.11" keeps its date.
    private static string Stem(string name)
    {
        name = name.Trim().Trim('.', ' ');
        while (Path.GetExtension(name) is { Length: > 1 and <= 6 } ending && ending[1..].All(char.IsAsciiLetterOrDigit) && ending[1..].Any(char.IsAsciiLetter))
        {
            name = name[..^ending.Length].Trim('.', ' ');
        }

        return name;
    }
}

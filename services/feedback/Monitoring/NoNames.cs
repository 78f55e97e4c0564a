using System.Text.RegularExpressions;

namespace VGIntegration.Feedback.Monitoring;

/// <summary>
/// What the duo types may tell of nobody. A name cannot be recognised, and the page says so; what surely leads to a person
/// (a number, an address, a postcode, a date of birth) is given back before it is stored.
/// </summary>
internal static partial class NoNames
{
    internal const int Longest = 1_000;

    /// <summary>What to change, or null when nothing is found.</summary>
    internal static string? Fault(string text) => text switch
    {
        { Length: > Longest } => $"Deze tekst is te lang. Maak er minder dan {Longest} tekens van.",
        _ when Email().IsMatch(text) => "Hier staat een e-mailadres. Haal het weg.",
        _ when Day().IsMatch(text) => "Hier staat een datum. Haal die weg.",
        _ when Number().IsMatch(text) => "Hier staat een telefoonnummer of een ander lang nummer. Haal het weg.",
        _ when Postcode().IsMatch(text) => "Hier staat een postcode. Haal die weg.",
        _ => null,
    };

    internal static string Clean(string? typed) =>
        typed?.ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal).Trim() ?? "";

    [GeneratedRegex(@"[^\s@]@[^\s@]+\.\p{L}", RegexOptions.NonBacktracking)]
    private static partial Regex Email();

    [GeneratedRegex(@"\b\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})\b", RegexOptions.NonBacktracking)]
    private static partial Regex Day();

    [GeneratedRegex(@"\d([ ./()-]{0,3}\d){7}", RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b[1-9]\d{3} ?[A-Z]{2}\b", RegexOptions.NonBacktracking)]
    private static partial Regex Postcode();
}

using System.Globalization;
using System.Text;
using UglyToad.PdfPig.Fonts.TrueType;
using UglyToad.PdfPig.Fonts.TrueType.Parser;

namespace VGIntegration.Feedback.Printing;

/// <summary>
/// The letters that a PDF can hold: DejaVu Sans Condensed, embedded in the service and, as far as used, in each PDF. The common letters
/// stand in a small file too: reading the whole one for each letter took most of the time of printing it.
/// </summary>
internal sealed class Typeface
{
    internal const char Missing = '\uFFFD';

    private readonly (byte[] Bytes, TrueTypeFont Font) _common;
    private readonly (byte[] Bytes, TrueTypeFont Font) _whole;

    private Typeface(string name) => (_common, _whole) = (Read($"{name}.common"), Read(name));

    internal static Typeface Regular { get; } = new("DejaVuSansCondensed");

    internal static Typeface Bold { get; } = new("DejaVuSansCondensed-Bold");

    /// <summary>The smallest of the two files that has the letter.</summary>
    internal byte[] FileWith(char letter) => Has(_common.Font, letter) ? _common.Bytes : _whole.Bytes;

    /// <summary>The text with one visible sign for each character that cannot be printed, and without invisible ones.</summary>
    internal static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in Runes(text))
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.Control:
                    printable.Append(' ');
                    break;
                case UnicodeCategory.Format or UnicodeCategory.Surrogate:
                    break;
                default:
                    printable.Append(Regular.Has(rune) ? (char)rune.Value : Missing);
                    break;
            }
        }

        return printable.ToString();
    }

    /// <summary>Whether the letter shows all of the text as it was typed.</summary>
    internal static bool CanPrint(string text) => Runes(text).All(r =>
        Rune.GetUnicodeCategory(r) is UnicodeCategory.SpaceSeparator or UnicodeCategory.Control or UnicodeCategory.Format
        || Regular.Has(r));

    internal double Width(char letter, double size) =>
        _whole.Font.TryGetAdvanceWidth(letter, out var width) ? width * size / _whole.Font.GetUnitsPerEm() : 0;

    internal double Width(ReadOnlySpan<char> text, double size)
    {
        var width = 0d;
        foreach (var letter in text)
        {
            width += Width(letter, size);
        }

        return width;
    }

    // A lone half of a surrogate pair is no text: EnumerateRunes gives U+FFFD for it, and Normalize would throw.
    private static IEnumerable<Rune> Runes(string text) =>
        string.Concat(text.EnumerateRunes()).Normalize(NormalizationForm.FormC).EnumerateRunes();

    // Scripts that are written from right to left need shaping that the PDF library has not: shown wrong is worse than shown missing.
    private bool Has(Rune rune) => rune.IsBmp && rune.Value is not ((>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF)
        or (>= 0xFE70 and <= 0xFEFF)) && Has(_whole.Font, rune.Value);

    private static bool Has(TrueTypeFont font, int letter) => font.WindowsUnicodeCMap?.CharacterCodeToGlyphIndex(letter) > 0;

    private static (byte[] Bytes, TrueTypeFont Font) Read(string file)
    {
        using var stream = typeof(Typeface).Assembly.GetManifestResourceStream($"VGIntegration.Feedback.Printing.Fonts.{file}.ttf")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        var bytes = copy.ToArray();
        return (bytes, TrueTypeFontParser.Parse(new TrueTypeDataBytes(bytes)));
    }
}

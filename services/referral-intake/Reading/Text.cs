using System.Buffers;

namespace VGIntegration.ReferralIntake.Reading;

/// <summary>Text from outside as it may be stored: not longer than its column, and nothing that only a machine sees.</summary>
internal static class Text
{
    private static readonly SearchValues<char> ForMachines =
        SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(c => char.IsControl(c) && c is not ('\n' or '\t'))]);

    internal static string Cut(this string text, int length)
    {
        text = text.Readable();
        return text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    internal static string Readable(this string text) => text.AsSpan().ContainsAny(ForMachines)
        ? new string([.. text.Where(c => !ForMachines.Contains(c))])
        : text;
}

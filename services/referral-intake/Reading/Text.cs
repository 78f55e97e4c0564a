namespace VGIntegration.ReferralIntake.Reading;

/// <summary>Text from outside as it may be stored: not longer than its column, and nothing that only a machine sees.</summary>
internal static class Text
{
    internal static string Cut(this string text, int length)
    {
        text = text.Readable();
        return text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    internal static string Readable(this string text) => text.AsSpan().ContainsAnyInRange('\0', '\u001F') || text.Contains('\u007F', StringComparison.Ordinal)
        ? new string([.. text.Where(c => !char.IsControl(c) || c is '\n' or '\t')])
        : text;
}

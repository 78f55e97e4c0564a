using System.Text;

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>Text as UTF-8, without control characters, that no program takes for something else.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    internal static FileFault Judge(byte[] content)
    {
        try
        {
            var text = Strict.GetString(content);
            return text.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\f')) ? FileFault.Unreadable
                : FileKind.HidesAnother(content.AsSpan(0, Math.Min(content.Length, 1024))) ? FileFault.Polyglot
                : FileFault.None;
        }
        catch (DecoderFallbackException)
        {
            return FileFault.Unreadable;
        }
    }
}

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>What is wrong with a file.</summary>
internal enum FileFault
{
    None,
    Unreadable,
    Encrypted,
    Active,
    Polyglot,
    Exhausting,
}

/// <summary>The four kinds of files that are taken. The bytes decide, not the name.</summary>
internal sealed record FileKind(string ContentType, string Extension, string Name, Func<byte[], FileFault> Judge)
{
    internal static readonly FileKind Pdf = new("application/pdf", ".pdf", "PDF", PdfFile.Judge);
    internal static readonly FileKind Jpeg = new("image/jpeg", ".jpg", "JPEG", JpegFile.Judge);
    internal static readonly FileKind Png = new("image/png", ".png", "PNG", PngFile.Judge);
    internal static readonly FileKind Text = new("text/plain", ".txt", "tekst", TextFile.Judge);

    internal static FileKind? Told(string? contentType) => contentType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "application/pdf" => Pdf,
        "image/jpeg" or "image/jpg" => Jpeg,
        "image/png" => Png,
        "text/plain" => Text,
        _ => null,
    };

    /// <summary>What the first bytes say; null when they say nothing, as in text.</summary>
    internal static FileKind? Seen(ReadOnlySpan<byte> content) =>
        content.StartsWith("%PDF-"u8) ? Pdf
        : content.StartsWith(JpegFile.Start) ? Jpeg
        : content.StartsWith(PngFile.Start) ? Png
        : null;

    /// <summary>Begin marks of files that other programs would take this for: archives, web pages, programs, another of ours.</summary>
    internal static bool HidesAnother(ReadOnlySpan<byte> part)
    {
        foreach (var mark in Marks)
        {
            if (part.IndexOf(mark) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static readonly byte[][] Marks =
    [
        [.. "%PDF-"u8], [.. "PK\u0003\u0004"u8], [.. "PK\u0005\u0006"u8], [.. "Rar!"u8], [0x37, 0x7A, 0xBC, 0xAF], [.. "<html"u8], [.. "<HTML"u8],
        [.. "<script"u8], [.. "<SCRIPT"u8], [.. "<!DOCTYPE"u8], [.. "<!doctype"u8], [.. "<svg"u8], [.. "<?php"u8], [.. "{\\rtf"u8], [.. "GIF8"u8],
        [0x7F, 0x45, 0x4C, 0x46], [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1],
    ];
}

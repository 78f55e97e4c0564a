using System.Buffers.Binary;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Writer;
using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Printing;

/// <summary>The picture of the region in the corner of each letter: a PNG, or a JPEG in colour.</summary>
internal sealed class Logo
{
    internal const int LargestFile = 100_000;
    internal const int LongestSide = 1_600;
    private const double Height = 38;
    private const double Width = 150;

    private readonly byte[] _bytes;
    private readonly (int Width, int Height) _size;

    private Logo(byte[] bytes, (int Width, int Height) size) => (_bytes, _size) = (bytes, size);

    private bool IsPng => _bytes[0] == 0x89;

    /// <exception cref="SettingException">There is no such file, or a letter cannot hold it.</exception>
    internal static Logo Of(string path)
    {
        var bytes = Read(path);
        var size = PngSize(bytes) ?? JpegSize(bytes)
            ?? throw new SettingException("Printing:Logo must be a PNG, or a JPEG in three colours.");
        if (size.Width is < 1 or > LongestSide || size.Height is < 1 or > LongestSide)
        {
            throw new SettingException($"Printing:Logo must be at most {LongestSide} pixels wide and high.");
        }

        var logo = new Logo(bytes, size);
        logo.MustPrint();
        return logo;
    }

    /// <summary>Where it stands with this as its upper right corner.</summary>
    internal PdfRectangle In(double right, double top)
    {
        var scale = Math.Min(Height / _size.Height, Width / _size.Width);
        return new PdfRectangle(right - (_size.Width * scale), top - (_size.Height * scale), right, top);
    }

    /// <summary>How much room it takes from the title.</summary>
    internal double Room => In(0, 0).Width + 16;

    internal void Draw(PdfPageBuilder page, PdfRectangle place)
    {
        if (IsPng)
        {
            page.AddPng(_bytes, place);
            return;
        }

        page.AddJpeg(_bytes, place);
    }

    private static byte[] Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new SettingException("Printing:Logo names a file that is not there.");
        }

        try
        {
            return new FileInfo(path).Length <= LargestFile
                ? File.ReadAllBytes(path)
                : throw new SettingException($"Printing:Logo must be at most {LargestFile / 1000} kB, so that letters stay small.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException("Printing:Logo names a file that cannot be read.");
        }
    }

    // PNG: the size is in the first chunk, IHDR.
    private static (int Width, int Height)? PngSize(byte[] bytes) =>
        bytes.Length > 24 && bytes.AsSpan(0, 8).SequenceEqual((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
            ? (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)))
            : null;

    // JPEG: the size is in the start of frame. PDF/A: the library calls each JPEG RGB, so one of grey or of CMYK would be a lie.
    private static (int Width, int Height)? JpegSize(byte[] bytes)
    {
        if (bytes.Length < 4 || bytes[0] != 0xFF || bytes[1] != 0xD8)
        {
            return null;
        }

        for (var at = 2; at + 10 < bytes.Length && bytes[at] == 0xFF;)
        {
            var marker = bytes[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC)
            {
                return bytes[at + 9] == 3
                    ? (BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 7)), BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 5)))
                    : null;
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2));
        }

        return null;
    }

    private void MustPrint()
    {
        try
        {
            using var trial = new PdfDocumentBuilder();
            Draw(trial.AddPage(PageSize.A4), In(Paper.Right, 800));
            trial.Build();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IOException or IndexOutOfRangeException
            or NotSupportedException or InvalidDataException or NullReferenceException or OverflowException)
        {
            throw new SettingException("Printing:Logo cannot be read as a picture.");
        }
    }
}

using System.Buffers.Binary;
using System.IO.Compression;

namespace VGIntegration.Feedback.Tests.Printing;

/// <summary>A PNG of 8-bit grey, as pdftoppm writes it, as its pixels.</summary>
internal sealed record GreyPicture(int Width, int Height, byte[] Pixels)
{
    public static GreyPicture Read(string file)
    {
        var png = File.ReadAllBytes(file);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        if (png[24] != 8 || png[25] != 0 || png[28] != 0)
        {
            throw new InvalidDataException($"{file} is not a plain PNG of 8-bit grey.");
        }

        using var data = new MemoryStream();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                data.Write(png, at + 8, length);
            }

            at += 12 + length;
        }

        data.Position = 0;
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        return new GreyPicture(width, height, Unfilter(rows.ToArray(), width, height));
    }

    /// <summary>The share of the pixels that are clearly lighter or darker; all of them when the sizes differ.</summary>
    public double Difference(GreyPicture other) => (Width, Height) != (other.Width, other.Height)
        ? 1
        : Pixels.Zip(other.Pixels).Count(p => Math.Abs(p.First - p.Second) > 96) / (double)Pixels.Length;

    // PNG, section 9: each row tells how it differs from the pixel at its left and the row above.
    private static byte[] Unfilter(byte[] rows, int width, int height)
    {
        var pixels = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            var filter = rows[y * (width + 1)];
            for (var x = 0; x < width; x++)
            {
                var left = x > 0 ? pixels[(y * width) + x - 1] : 0;
                var above = y > 0 ? pixels[((y - 1) * width) + x] : 0;
                var corner = x > 0 && y > 0 ? pixels[((y - 1) * width) + x - 1] : 0;
                var expected = filter switch { 1 => left, 2 => above, 3 => (left + above) / 2, 4 => Paeth(left, above, corner), _ => 0 };
                pixels[(y * width) + x] = (byte)(rows[(y * (width + 1)) + 1 + x] + expected);
            }
        }

        return pixels;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var (a, b, c) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return a <= b && a <= c ? left : b <= c ? above : corner;
    }
}

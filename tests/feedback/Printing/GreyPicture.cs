using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace VGIntegration.Feedback.Tests.Printing;

/// <summary>A page in sixteen greys: small enough to keep, and a PNG that anybody can look at.</summary>
internal sealed record GreyPicture(int Width, int Height, byte[] Greys)
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>What pdftoppm -gray draws: a header of four words, and a byte for each pixel.</summary>
    public static GreyPicture OfPgm(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var (words, at) = (new List<string>(), 0);
        while (words.Count < 4)
        {
            var end = Array.FindIndex(bytes, at, b => b is (byte)'\n' or (byte)' ');
            words.Add(Encoding.ASCII.GetString(bytes, at, end - at));
            at = end + 1;
        }

        return words is ["P5", var width, var height, "255"]
            ? new(int.Parse(width, CultureInfo.InvariantCulture), int.Parse(height, CultureInfo.InvariantCulture), [.. bytes[at..].Select(b => (byte)(((b * 15) + 127) / 255))])
            : throw new InvalidDataException($"{file} is not a plain PGM.");
    }

    /// <summary>Only what <see cref="Save"/> wrote.</summary>
    public static GreyPicture Read(string file)
    {
        var png = File.ReadAllBytes(file);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        using var data = new MemoryStream(png, 41, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33)));
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        var (greys, row) = (new byte[width * height], new byte[1 + ((width + 1) / 2)]);
        for (var y = 0; y < height; y++)
        {
            zlib.ReadExactly(row);
            for (var x = 0; x < width; x++)
            {
                greys[(y * width) + x] = (byte)(x % 2 == 0 ? row[1 + (x / 2)] >> 4 : row[1 + (x / 2)] & 15);
            }
        }

        return new(width, height, greys);
    }

    public void Save(string file)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var y = 0; y < Height; y++)
            {
                zlib.WriteByte(0);
                for (var x = 0; x < Width; x += 2)
                {
                    var right = x + 1 < Width ? Greys[(y * Width) + x + 1] : 0;
                    zlib.WriteByte((byte)((Greys[(y * Width) + x] << 4) | right));
                }
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        header[8] = 4; // bits, of grey
        File.WriteAllBytes(file, [.. Signature, .. Chunk("IHDR", header), .. Chunk("IDAT", data.ToArray()), .. Chunk("IEND", [])]);
    }

    /// <summary>The share of the pixels that are clearly lighter or darker; all of them when the sizes differ.</summary>
    public double Difference(GreyPicture other) => (Width, Height) != (other.Width, other.Height)
        ? 1
        : Greys.Zip(other.Greys).Count(p => Math.Abs(p.First - p.Second) > 5) / (double)Greys.Length;

    private static byte[] Chunk(string name, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(name).CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    // PNG, annex D.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}

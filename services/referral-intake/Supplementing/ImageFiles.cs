using System.Buffers.Binary;

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>A JPEG from begin to end (ITU T.81 annex B): segments, a frame with a size, a scan, and nothing after it.</summary>
internal static class JpegFile
{
    internal static ReadOnlySpan<byte> Start => [0xFF, 0xD8, 0xFF];

    internal static FileFault Judge(byte[] content)
    {
        ReadOnlySpan<byte> file = content;
        var (at, hasFrame) = (2, false);
        while (at + 4 <= file.Length)
        {
            if (file[at] != 0xFF)
            {
                return FileFault.Unreadable;
            }

            var marker = file[at + 1];
            if (marker is 0xFF)
            {
                at++; // a fill byte
                continue;
            }

            if (marker is 0xD8 or 0xD9 or 0x00 or 0x01 or (>= 0xD0 and <= 0xD7))
            {
                return FileFault.Unreadable; // these do not stand before a scan
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length)
            {
                return FileFault.Unreadable;
            }

            var segment = file.Slice(at + 4, length - 2);
            if (marker is >= 0xE0 and <= 0xEF or 0xFE && FileKind.HidesAnother(segment))
            {
                return FileFault.Polyglot;
            }

            hasFrame |= marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && HasSize(segment);
            at += 2 + length;
            if (marker is 0xDA)
            {
                return hasFrame ? JudgeScans(file, at) : FileFault.Unreadable;
            }
        }

        return FileFault.Unreadable;
    }

    private static bool HasSize(ReadOnlySpan<byte> frame) => frame.Length >= 6
        && BinaryPrimitives.ReadUInt16BigEndian(frame[1..]) > 0 && BinaryPrimitives.ReadUInt16BigEndian(frame[3..]) > 0;

    // Progressive pictures have tables and scans after the first; each has a length, so the end is found for certain.
    private static FileFault JudgeScans(ReadOnlySpan<byte> file, int at)
    {
        while (at + 1 < file.Length)
        {
            if (file[at] != 0xFF || file[at + 1] is 0x00 or 0xFF or (>= 0xD0 and <= 0xD7))
            {
                at += file[at] == 0xFF && file[at + 1] is not 0xFF ? 2 : 1;
                continue;
            }

            if (file[at + 1] is 0xD9)
            {
                return IsPadding(file[(at + 2)..]) ? FileFault.None : FileFault.Polyglot;
            }

            if (at + 4 > file.Length)
            {
                return FileFault.Unreadable;
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        return FileFault.Unreadable; // cut off
    }

    internal static bool IsPadding(ReadOnlySpan<byte> rest) => rest.IndexOfAnyExcept((byte)0, (byte)'\r', (byte)'\n') < 0;
}

/// <summary>A PNG from begin to end (ISO/IEC 15948): chunks with their checksums, the header first, the end last.</summary>
internal static class PngFile
{
    internal static ReadOnlySpan<byte> Start => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    internal static FileFault Judge(byte[] content)
    {
        ReadOnlySpan<byte> file = content;
        var (at, number, hasData) = (8, 0, false);
        while (at + 12 <= file.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
            {
                return FileFault.Unreadable;
            }

            var type = file.Slice(at + 4, 4);
            var data = file.Slice(at + 8, (int)length);
            if (Checksum(file.Slice(at + 4, 4 + (int)length)) != BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + (int)length)..]))
            {
                return FileFault.Unreadable;
            }

            if (number++ == 0 != type.SequenceEqual("IHDR"u8) || (number == 1 && !HasSize(data)))
            {
                return FileFault.Unreadable;
            }

            var isData = type.SequenceEqual("IDAT"u8);
            hasData |= isData;
            if (!isData && FileKind.HidesAnother(data))
            {
                return FileFault.Polyglot;
            }

            at += 12 + (int)length;
            if (type.SequenceEqual("IEND"u8))
            {
                return !hasData ? FileFault.Unreadable : JpegFile.IsPadding(file[at..]) ? FileFault.None : FileFault.Polyglot;
            }
        }

        return FileFault.Unreadable;
    }

    // ISO/IEC 15948 annex D: CRC-32 over type and data.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc = Table[(byte)crc ^ b] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n =>
        Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 0 ? c >> 1 : (c >> 1) ^ 0xEDB88320))];

    private static bool HasSize(ReadOnlySpan<byte> header) => header.Length == 13
        && BinaryPrimitives.ReadUInt32BigEndian(header) is > 0 and <= int.MaxValue
        && BinaryPrimitives.ReadUInt32BigEndian(header[4..]) is > 0 and <= int.MaxValue;
}

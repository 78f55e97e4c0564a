using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace VGIntegration.Feedback.Tests.Printing;

/// <summary>A PDF as it is written: its objects by number.</summary>
internal sealed class RawPdf
{
    public RawPdf(byte[] bytes)
    {
        (Bytes, Text) = (bytes, Encoding.Latin1.GetString(bytes));
        var start = int.Parse(Regex.Match(Text, @"startxref\n(\d+)\n%%EOF\n$").Groups[1].Value, CultureInfo.InvariantCulture);
        var offsets = Regex.Matches(Text[start..], @"(\d{10}) 00000 n \n").Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Objects = offsets.Select((at, i) => (Number: i + 1, Text: Text[at..(i + 1 < offsets.Count ? offsets[i + 1] : start)].TrimEnd('\n')))
            .ToDictionary(o => o.Number, o => o.Text);
    }

    public byte[] Bytes { get; }
    public string Text { get; }
    public IReadOnlyDictionary<int, string> Objects { get; }

    /// <summary>The objects without what is in their streams.</summary>
    public IEnumerable<string> Dictionaries => Objects.Values.Select(o => o.Split("\nstream")[0]);

    public byte[] Stream(int number)
    {
        var text = Objects[number];
        var length = int.Parse(Regex.Match(text, @"/Length (\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
        var body = text.Substring(Regex.Match(text, @"stream\r?\n").Index + Regex.Match(text, @"stream\r?\n").Length, length);
        using var zlib = new ZLibStream(new MemoryStream(Encoding.Latin1.GetBytes(body)), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zlib.CopyTo(plain);
        return plain.ToArray();
    }
}

/// <summary>A font program in a PDF, as far as its codes and widths go.</summary>
internal sealed class TrueTypeProgram(byte[] bytes)
{
    /// <summary>PDF/A: a symbolic font has one table from code to glyph, or one for symbols.</summary>
    public bool HasOneCmap => Short(Table("cmap") + 2) == 1;

    /// <summary>The width of the glyph of a code, in thousandths.</summary>
    public double WidthOf(int code)
    {
        var (metrics, glyph) = (Short(Table("hhea") + 34), Glyph(code));
        return Short(Table("hmtx") + (4 * Math.Min(glyph, metrics - 1))) * 1000d / Short(Table("head") + 18);
    }

    private int Glyph(int code)
    {
        var table = Table("cmap") + BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(Table("cmap") + 8));
        return Short(table) switch
        {
            0 => bytes[table + 6 + code],
            6 => Short(table + 10 + (2 * (code - Short(table + 6)))),
            var format => throw new InvalidDataException($"A cmap of format {format} is not read here."),
        };
    }

    private int Table(string name)
    {
        for (var i = 0; i < Short(4); i++)
        {
            if (Encoding.ASCII.GetString(bytes, 12 + (16 * i), 4) == name)
            {
                return BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20 + (16 * i)));
            }
        }

        throw new InvalidDataException($"The font has no {name}.");
    }

    private int Short(int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));
}

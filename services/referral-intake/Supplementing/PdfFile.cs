using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;
using UglyToad.PdfPig.Tokens;

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>
/// A PDF that shows pages and does nothing else: not encrypted, no scripts, no programs to start, no files inside. First
/// the bytes are looked at, with a bound on what they unpack to, and then every object as the parser finds it.
/// </summary>
internal static partial class PdfFile
{
    private const int MostObjects = 200_000;
    private const int MostDepth = 100;
    private const long MostOfImage = 256L << 20;
    private const long MostOfOther = 32L << 20;
    private const long MostInAll = 512L << 20;
    private const int MostStreams = 100_000;

    // Long enough not to turn up by chance in a picture's bytes.
    private const string LongNames = "JavaScript|Launch|EmbeddedFile|EmbeddedFiles|RichMedia|SubmitForm|ImportData|Rendition";

    private static readonly HashSet<string> Active = [.. LongNames.Split('|'), "JS", "GoToE", "GoToR", "Movie", "Sound", "3D", "EF", "XFA"];

    internal static FileFault Judge(byte[] content)
    {
        var end = content.AsSpan().LastIndexOf("%%EOF"u8);
        if (!content.AsSpan().StartsWith("%PDF-"u8) || end < 0)
        {
            return FileFault.Unreadable;
        }

        if (!IsBlank(content.AsSpan(end + 5)) || HidesAtBegin(content) || content.AsSpan(Math.Max(0, content.Length - 66_000)).IndexOf("PK\u0005\u0006"u8) >= 0)
        {
            return FileFault.Polyglot;
        }

        var raw = Encoding.Latin1.GetString(content);
        return Unescaped().IsMatch(raw) || Escaped().Matches(raw).Any(m => Active.Contains(Plain(m.Value)))
            ? FileFault.Active
            : Unpacks(content, raw) ? JudgeObjects(content) : FileFault.Exhausting;
    }

    private static FileFault JudgeObjects(byte[] content)
    {
        try
        {
            using var document = PdfDocument.Open(content, new ParsingOptions { MaxStackDepth = MostDepth, SkipMissingFonts = true });
            if (document.IsEncrypted)
            {
                return FileFault.Encrypted;
            }

            var objects = document.Structure.CrossReferenceTable.ObjectOffsets.Keys;
            return document.NumberOfPages < 1 ? FileFault.Unreadable
                : objects.Count() > MostObjects ? FileFault.Exhausting
                : IsActive(document.Structure.Catalog.CatalogDictionary, 0) || objects.Any(o => IsActive(document.Structure.GetObject(o)?.Data, 0)) ? FileFault.Active
                : FileFault.None;
        }
        catch (PdfDocumentEncryptedException)
        {
            return FileFault.Encrypted;
        }
        catch (Exception e) when (e is not OutOfMemoryException) // a parser that is fed with anything can throw anything
        {
            return FileFault.Unreadable;
        }
    }

    private static bool IsActive(IToken? token, int depth) => depth < MostDepth && token switch
    {
        DictionaryToken dictionary => dictionary.Data.Any(e => Active.Contains(e.Key) || IsActive(e.Value, depth + 1)),
        StreamToken stream => IsActive(stream.StreamDictionary, depth + 1),
        ArrayToken array => array.Data.Any(t => IsActive(t, depth + 1)),
        NameToken name => Active.Contains(name.Data),
        ObjectToken inner => IsActive(inner.Data, depth + 1),
        _ => false,
    };

    // Deflate packs a thousand to one: what would fill the memory is found before the parser unpacks it.
    private static bool Unpacks(byte[] content, string raw)
    {
        var (total, streams, buffer) = (0L, 0, new byte[65_536]);
        foreach (var start in StreamStart().EnumerateMatches(raw))
        {
            var from = raw.LastIndexOf("obj", start.Index, Math.Min(start.Index + 1, 4_096), StringComparison.Ordinal);
            var head = from < 0 ? "" : raw[from..start.Index];
            if (++streams > MostStreams || Filter().Count(head) > 1 || FilterElsewhere().IsMatch(head))
            {
                return false; // packed twice is packed a million to one
            }

            var most = head.Contains("/Image", StringComparison.Ordinal) ? MostOfImage : MostOfOther;
            var unpacked = Inflated(content, start.Index + start.Length, buffer, most);
            if ((total += unpacked) > MostInAll || unpacked > most)
            {
                return false;
            }
        }

        return true;
    }

    private static long Inflated(byte[] content, int from, byte[] buffer, long most)
    {
        long total = 0;
        try
        {
            using var packed = new MemoryStream(content, from, content.Length - from, writable: false);
            using var inflate = new ZLibStream(packed, CompressionMode.Decompress);
            int read;
            while (total <= most && (read = inflate.Read(buffer)) > 0)
            {
                total += read;
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return total; // not packed, or packed otherwise
        }

        return total;
    }

    private static bool HidesAtBegin(byte[] content) => FileKind.HidesAnother(content.AsSpan(5, Math.Min(content.Length - 5, 1024)));

    private static bool IsBlank(ReadOnlySpan<byte> rest) => rest.IndexOfAnyExcept(" \t\r\n\0"u8) < 0;

    private static string Plain(string name) => HexByte().Replace(name[1..], m => $"{(char)Convert.ToByte(m.Value[1..], 16)}");

    [GeneratedRegex($"/({LongNames})(?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Unescaped();

    [GeneratedRegex("/[A-Za-z0-9]{0,20}#[A-Za-z0-9#]{2,60}")]
    private static partial Regex Escaped();

    [GeneratedRegex("#[0-9A-Fa-f]{2}")]
    private static partial Regex HexByte();

    [GeneratedRegex(@"(?<!end)stream(\r\n|\n|\r| )?", RegexOptions.ExplicitCapture)]
    private static partial Regex StreamStart();

    [GeneratedRegex(@"/Filter\s*\d")]
    private static partial Regex FilterElsewhere();

    [GeneratedRegex("/(Fl|FlateDecode|LZW|LZWDecode|RunLengthDecode|RL)(?![A-Za-z])")]
    private static partial Regex Filter();
}

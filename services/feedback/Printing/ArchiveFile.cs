using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace VGIntegration.Feedback.Printing;

/// <summary>
/// Completes what the PDF library leaves out of an archive file: the language, the tags, metadata of the right types, and an
/// identity made of the content, so that the same content is the same file.
/// </summary>
internal sealed partial class ArchiveFile(string title, DateTimeOffset madeAt)
{
    internal const string Producer = "VGIntegration";
    internal const string Language = "nl-NL";

    internal byte[] Complete(byte[] pdf, Structure structure)
    {
        var file = Encoding.Latin1.GetString(pdf); // a byte is a character
        var objects = Read(file, out var header, out var root, out var info);
        Describe(objects, int.Parse(MetadataOf().Match(objects[root]).Groups[1].Value, CultureInfo.InvariantCulture));
        var tree = Tags(objects, structure);
        objects[root] = With(objects[root],
            $"/Lang ({Language}) /ViewerPreferences << /DisplayDocTitle true >> /MarkInfo << /Marked true >> /StructTreeRoot {tree} 0 R");
        return Write(objects, header, root, info);
    }

    private static SortedDictionary<int, string> Read(string file, out string header, out int root, out int info)
    {
        var start = int.Parse(StartOfTable().Match(file).Groups[1].Value, CultureInfo.InvariantCulture);
        var table = file[start..];
        root = int.Parse(RootOf().Match(table).Groups[1].Value, CultureInfo.InvariantCulture);
        info = int.Parse(InfoOf().Match(table).Groups[1].Value, CultureInfo.InvariantCulture);
        var offsets = Entries().Matches(table).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).Order().ToList();
        header = file[..offsets[0]];
        var objects = new SortedDictionary<int, string>();
        for (var i = 0; i < offsets.Count; i++)
        {
            var text = file[offsets[i]..(i + 1 < offsets.Count ? offsets[i + 1] : start)].Trim('\n', '\r', ' ');
            objects[int.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture)] = text;
        }

        return objects;
    }

    // PDF/A: a title is in a language and a creator is a list (XMP), where the library writes plain texts.
    private void Describe(SortedDictionary<int, string> objects, int number)
    {
        var at = madeAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var xmp = $"""
            <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
            <dc:format>application/pdf</dc:format>
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{SecurityElement.Escape(title)}</rdf:li></rdf:Alt></dc:title>
            <dc:language><rdf:Bag><rdf:li>{Language}</rdf:li></rdf:Bag></dc:language>
            <xmp:CreateDate>{at}</xmp:CreateDate>
            <pdf:Producer>{Producer}</pdf:Producer>
            <pdfaid:part>2</pdfaid:part>
            <pdfaid:conformance>B</pdfaid:conformance>
            </rdf:Description>
            </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="r"?>
            """.ReplaceLineEndings("\n");
        var bytes = Encoding.UTF8.GetBytes(xmp);
        objects[number] = $"{number} 0 obj\n<< /Type /Metadata /Subtype /XML /Length {bytes.Length} >>\nstream\n{Encoding.Latin1.GetString(bytes)}\nendstream\nendobj";
    }

    // PDF 1.7, 14.7: the tree says what each mark on a page is; the parent tree says it the other way round.
    private static int Tags(SortedDictionary<int, string> objects, Structure structure)
    {
        var pages = objects.Where(o => IsPage().IsMatch(Dictionary(o.Value))).Select(o => o.Key).ToList();
        var (root, parents) = (objects.Keys.Last() + 1, objects.Keys.Last() + 3);
        var (document, number) = (root + 1, parents + 1);
        var marks = pages.ConvertAll(_ => new SortedDictionary<int, int>());
        var kids = new StringBuilder();
        foreach (var element in structure.Elements)
        {
            foreach (var (page, mark) in element.Places)
            {
                marks[page][mark] = number;
            }

            var places = string.Join(' ', element.Places.Select(p => $"<< /Type /MCR /Pg {pages[p.Page]} 0 R /MCID {p.Mark} >>"));
            var alternative = element.Alternative is { } text ? $" /Alt {Text(text)}" : "";
            objects[number] = $"{number} 0 obj\n<< /Type /StructElem /S /{element.Tag} /P {document} 0 R{alternative} /K [ {places} ] >>\nendobj";
            kids.Append(CultureInfo.InvariantCulture, $"{number++} 0 R ");
        }

        for (var i = 0; i < pages.Count; i++)
        {
            objects[pages[i]] = With(objects[pages[i]], $"/StructParents {i} /Tabs /S");
        }

        var nums = string.Join(' ', marks.Select((m, i) => $"{i} [ {string.Join(' ', m.Values.Select(v => $"{v} 0 R"))} ]"));
        objects[root] = $"{root} 0 obj\n<< /Type /StructTreeRoot /K {document} 0 R /ParentTree {parents} 0 R /ParentTreeNextKey {pages.Count} >>\nendobj";
        objects[document] = $"{document} 0 obj\n<< /Type /StructElem /S /Document /P {root} 0 R /K [ {kids}] >>\nendobj";
        objects[parents] = $"{parents} 0 obj\n<< /Nums [ {nums} ] >>\nendobj";
        return root;
    }

    private static byte[] Write(SortedDictionary<int, string> objects, string header, int root, int info)
    {
        var file = new StringBuilder(header);
        var table = new StringBuilder();
        foreach (var (_, text) in objects)
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Length:D10} 00000 n \n");
            file.Append(text).Append('\n');
        }

        var (start, size) = (file.Length, objects.Count + 1);
        var id = Convert.ToHexString(SHA256.HashData(Encoding.Latin1.GetBytes(file.ToString())))[..32];
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {size}\n0000000000 65535 f \n").Append(table);
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {size} /Root {root} 0 R /Info {info} 0 R /ID [ <{id}> <{id}> ] >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static string With(string dictionary, string entries) => dictionary.Insert(dictionary.LastIndexOf(">>", StringComparison.Ordinal), $" {entries} ");

    private static string Dictionary(string text) => text.IndexOf("stream", StringComparison.Ordinal) is > 0 and var at ? text[..at] : text;

    private static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    [GeneratedRegex(@"startxref\s+(\d+)\s+%%EOF\s*$", RegexOptions.RightToLeft)]
    private static partial Regex StartOfTable();

    [GeneratedRegex(@"(\d{10}) \d{5} n")]
    private static partial Regex Entries();

    [GeneratedRegex(@"/Root (\d+) 0 R")]
    private static partial Regex RootOf();

    [GeneratedRegex(@"/Info (\d+) 0 R")]
    private static partial Regex InfoOf();

    [GeneratedRegex(@"/Metadata (\d+) 0 R")]
    private static partial Regex MetadataOf();

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex IsPage();
}

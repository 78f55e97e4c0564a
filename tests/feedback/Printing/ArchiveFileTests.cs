using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using UglyToad.PdfPig;
using Xunit;

namespace VGIntegration.Feedback.Tests.Printing;

/// <summary>What PDF/A-2b asks (ISO 19005-2), as far as it can be read from the file; the whole judgement is veraPDF's.</summary>
public sealed class ArchiveFileTests
{
    public static TheoryData<string> Names => GoldenTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Header_trailer_and_objects_are_as_an_archive_wants_them(string name)
    {
        var pdf = new RawPdf(Letters.All[name]());

        Assert.Matches(@"^%PDF-1\.7\n%[\x80-\xff]{4}\n", pdf.Text); // 6.1.2
        Assert.Matches(@"trailer\n<<[^>]*/ID \[ <([0-9A-F]{32})> <\1> \] >>\nstartxref\n\d+\n%%EOF\n$", pdf.Text); // 6.1.3
        Assert.All(pdf.Objects, o => Assert.Matches(@"^\d+ 0 obj\n(.|\n)*\nendobj$", o.Value)); // 6.1.9
        Assert.DoesNotMatch(
            @"/(JavaScript|JS|Launch|Action|EmbeddedFiles|EF|OpenAction|AA|AcroForm|F|FFilter|LZWDecode|Crypt|Encrypt|TR|HTP|Alternates|OPI|PS|Annots)\b",
            string.Concat(pdf.Dictionaries)); // 6.1.7, 6.2, 6.5
        Assert.InRange(pdf.Bytes.Length, 10_000, 500_000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_metadata_say_the_same_as_the_information_in_the_file(string name)
    {
        using var document = PdfDocument.Open(Letters.All[name]());

        Assert.True(document.TryGetXmpMetadata(out var xmp));
        var metadata = xmp!.GetXDocument()!.Root!;
        string? Of(string space, string property) => metadata.Descendants(XName.Get(property, space)).SingleOrDefault()?.Value;
        Assert.Equal(("2", "B"), (Of("http://www.aiim.org/pdfa/ns/id/", "part"), Of("http://www.aiim.org/pdfa/ns/id/", "conformance")));
        Assert.Equal(document.Information.Title, Of("http://purl.org/dc/elements/1.1/", "title"));
        Assert.Equal(document.Information.Producer, Of("http://ns.adobe.com/pdf/1.3/", "Producer"));
        var written = DateTimeOffset.Parse(Of("http://ns.adobe.com/xap/1.0/", "CreateDate")!, CultureInfo.InvariantCulture);
        Assert.Equal(document.Information.GetCreatedDateTimeOffset(), written);
        Assert.Equal(["Title", "Producer", "CreationDate"], document.Information.DocumentInformationDictionary!.Data.Keys);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_file_says_its_language_its_title_and_what_its_colours_mean(string name)
    {
        var pdf = new RawPdf(Letters.All[name]());

        var catalog = Assert.Single(pdf.Dictionaries, d => d.Contains("/Catalog", StringComparison.Ordinal));
        Assert.Contains("/Lang (nl-NL)", catalog, StringComparison.Ordinal);
        Assert.Contains("/DisplayDocTitle true", catalog, StringComparison.Ordinal);
        Assert.Contains("/Marked true", catalog, StringComparison.Ordinal);
        Assert.Matches(@"/S\s*/GTS_PDFA1", catalog);
        var profile = pdf.Stream(int.Parse(Regex.Match(catalog, @"/DestOutputProfile (\d+) 0 R").Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.Equal("RGB ", Encoding.ASCII.GetString(profile, 16, 4)); // the ICC profile that makes the RGB of text and logo mean something
        Assert.Equal("acsp", Encoding.ASCII.GetString(profile, 36, 4));
        Assert.Equal(profile.Length, BinaryPrimitives.ReadInt32BigEndian(profile));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_font_is_in_the_file_with_its_widths_and_can_be_searched(string name)
    {
        var pdf = new RawPdf(Letters.All[name]());

        var fonts = pdf.Dictionaries.Where(d => Regex.IsMatch(d, @"/Type\s*/Font\b(?!D)")).ToList();
        Assert.NotEmpty(fonts);
        Assert.All(fonts, font =>
        {
            int Number(string key) => int.Parse(Regex.Match(font, $@"/{key} (\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
            Assert.Contains("/ToUnicode", font, StringComparison.Ordinal);
            Assert.DoesNotContain("/Encoding", font, StringComparison.Ordinal); // 6.2.11.6: symbolic, so without one, and with one cmap
            var widths = Regex.Match(font, @"/Widths\s*\[([^\]]*)\]").Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(Number("LastChar") - Number("FirstChar") + 1, widths.Length);
            var descriptor = pdf.Objects[Number("FontDescriptor")];
            Assert.Contains("/Flags 4", descriptor, StringComparison.Ordinal);
            var program = new TrueTypeProgram(pdf.Stream(int.Parse(Regex.Match(descriptor, @"/FontFile2 (\d+)").Groups[1].Value, CultureInfo.InvariantCulture)));
            Assert.True(program.HasOneCmap);
            Assert.All(widths.Skip(1).Select((w, i) => (Width: double.Parse(w, CultureInfo.InvariantCulture), Code: Number("FirstChar") + i + 1)),
                w => Assert.InRange(program.WidthOf(w.Code) - w.Width, -1, 1)); // 6.2.11.5
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Who_has_it_read_aloud_hears_all_of_it_under_its_headings(string name)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/pdfinfo"), "poppler-utils is not installed");
        var file = Programs.Save(Letters.All[name]());

        var tree = Programs.Output("pdfinfo", "-struct-text", file);

        Assert.Contains("Tagged:          yes", Programs.Output("pdfinfo", file), StringComparison.Ordinal);
        Assert.Single(Regex.Matches(tree, "^ +H1\\b", RegexOptions.Multiline));
        Assert.Matches(new Regex("^ +H2\\b", RegexOptions.Multiline), tree);
        var said = Regex.Matches(tree, "^ +\"(.*)\"$", RegexOptions.Multiline).Select(m => m.Groups[1].Value);
        using var document = PdfDocument.Open(Letters.All[name]());
        var feet = document.GetPages().SelectMany(p => p.Letters).Where(l => l.StartBaseLine.Y > 60).Select(l => l.Value);
        Assert.Equal(Dense(string.Concat(feet)).Order(), Dense(string.Concat(said)).Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Other_programs_find_no_fault_in_it(string name)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/qpdf") && File.Exists("/usr/bin/pdffonts"), "qpdf or poppler-utils is not installed");
        var file = Programs.Save(Letters.All[name]());

        Assert.Contains("No syntax or stream encoding errors", Programs.Output("qpdf", "--check", file), StringComparison.Ordinal);
        Assert.Matches(@"Page size: +595 x 842 pts \(A4\)", Programs.Output("pdfinfo", file));
        var fonts = Programs.Output("pdffonts", file).Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];
        Assert.All(fonts, font => Assert.Matches("yes (yes|no) +yes", font)); // embedded, and searchable
    }

    private static string Dense(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}

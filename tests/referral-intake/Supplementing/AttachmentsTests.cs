using System.Diagnostics;
using System.Text;
using Hl7.Fhir.Model;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Supplementing;

namespace VGIntegration.ReferralIntake.Tests.Supplementing;

public sealed class AttachmentsTests
{
    private const string Script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";

    public static TheoryData<string, string> Good => new()
    {
        { "application/pdf", "a PDF" }, { "application/pdf", "a PDF of a library" }, { "application/pdf", "a packed PDF" },
        { "application/pdf", "a PDF with a link" }, { "image/jpeg", "a JPEG" }, { "image/jpg", "a JPEG" }, { "image/png", "a PNG" },
        { "text/plain", "a text" }, { "text/plain; charset=utf-8", "a text" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void A_file_that_only_shows_something_is_taken(string contentType, string what)
    {
        var (file, findings) = Judge(contentType, what switch
        {
            "a PDF" => Files.Pdf(),
            "a PDF of a library" => OfLibrary(),
            "a packed PDF" => Files.PdfWithHiddenObject("[3 0 R /Fit]"),
            "a PDF with a link" => Files.Pdf("", "", "<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://thuisarts.nl) >> >>"),
            "a JPEG" => Files.Jpeg("gemaakt met een telefoon"),
            "a PNG" => Files.Png("gemaakt met een scanner"),
            _ => Files.Text,
        });

        Assert.Empty(findings);
        Assert.NotNull(file);
    }

    public static TheoryData<string, string, string> Bad => new()
    {
        { "JavaScript in the catalog", "application/pdf", "Security" },
        { "JavaScript written otherwise", "application/pdf", "Security" },
        { "JavaScript out of sight", "application/pdf", "Security" },
        { "a program to start", "application/pdf", "Security" },
        { "a file inside", "application/pdf", "Security" },
        { "an XFA form", "application/pdf", "Security" },
        { "an encrypted PDF", "application/pdf", "Security" },
        { "a PDF that only its owner may change", "application/pdf", "Security" },
        { "a PDF with an archive after it", "application/pdf", "Security" },
        { "a PDF with a web page in it", "application/pdf", "Security" },
        { "a PDF without its end", "application/pdf", "Value" },
        { "a PDF without pages", "application/pdf", "Value" },
        { "a PDF that is nested too deep", "application/pdf", "Value" },
        { "a PDF that fills the memory", "application/pdf", "TooCostly" },
        { "a PDF packed twice", "application/pdf", "TooCostly" },
        { "a JPEG named .pdf", "application/pdf", "Value" },
        { "a program named .pdf", "application/pdf", "Value" },
        { "a JPEG with a PDF in its comment", "image/jpeg", "Security" },
        { "a JPEG with an archive after it", "image/jpeg", "Security" },
        { "a JPEG that is cut off", "image/jpeg", "Value" },
        { "a JPEG without a picture", "image/jpeg", "Value" },
        { "a PNG with a page in its comment", "image/png", "Security" },
        { "a PNG with something after it", "image/png", "Security" },
        { "a PNG with a wrong checksum", "image/png", "Value" },
        { "a PNG that is cut off", "image/png", "Value" },
        { "a web page named text", "text/plain", "Security" },
        { "text that is no UTF-8", "text/plain", "Value" },
        { "a PDF named text", "text/plain", "Value" },
        { "a word document", "application/msword", "NotSupported" },
        { "an svg", "image/svg+xml", "NotSupported" },
        { "a file without a type", "", "Required" },
        { "an empty file", "application/pdf", "Required" },
        { "a large file", "text/plain", "TooLong" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_file_that_is_or_does_something_else_is_refused_with_what_to_do(string what, string contentType, string code)
    {
        var (file, findings) = Judge(contentType.Length == 0 ? null : contentType, BadFile(what));

        Assert.Null(file);
        var finding = Assert.Single(findings);
        Assert.Equal((code, true), ($"{finding.Code}", finding.Refuses));
        Assert.StartsWith("DocumentReference.content[0].attachment", finding.Expression, StringComparison.Ordinal);
        Assert.True(finding.Text.Length > 40, finding.Text);
    }

    [Theory]
    [InlineData("brief.pdf", "brief.pdf")]
    [InlineData("Brief van dr. Jansen 3.11", "Brief van dr. Jansen 3.11.pdf")]
    [InlineData("../../etc/passwd", "passwd.pdf")]
    [InlineData("C:\\temp\\brief.docx", "brief.pdf")]
    [InlineData("brief.pdf.exe", "brief.pdf")]
    [InlineData("brief\u202Efdp.exe", "brieffdp.pdf")]
    [InlineData("a\r\nSet-Cookie: x", "aSet-Cookie x.pdf")]
    [InlineData("\"><script>", "script.pdf")]
    [InlineData("..", "bijlage-1.pdf")]
    [InlineData("NUL.txt", "bijlage-1.pdf")]
    [InlineData("", "bijlage-1.pdf")]
    [InlineData(null, "bijlage-1.pdf")]
    [InlineData("café – vragenlijst.PDF", "café – vragenlijst.pdf")]
    public void A_name_is_never_a_path_and_never_of_another_kind(string? told, string name)
    {
        Assert.Equal(name, FileName.Of(told, FileKind.Pdf, 1));
    }

    [Fact]
    public void A_long_name_is_cut_to_a_hundred_characters()
    {
        Assert.Equal(104, FileName.Of(new string('a', 99) + "😀😀😀", FileKind.Pdf, 1).Length + 1);
    }

    [Fact]
    public void Every_reason_is_told_at_once()
    {
        var document = new DocumentReference
        {
            Content =
            [
                new() { Attachment = new Attachment { ContentType = "text/plain", Data = Files.Text, SizeUnsignedInt = 1, Hash = [1, 2] } },
                new() { Attachment = new Attachment { ContentType = "application/pdf", Data = Files.Jpeg() } },
                new() { Attachment = new Attachment { ContentType = "application/pdf", Url = "https://elsewhere.test/file.pdf" } },
                new() { Attachment = new Attachment { ContentType = "application/pdf" } },
                new(),
                new(),
            ],
        };

        var (_, findings) = Attachments.Judge(document, "DocumentReference", _ => null);

        Assert.Equal(
            ["content", "content[0].attachment.size", "content[0].attachment.hash", "content[1].attachment.contentType",
            "content[2].attachment.url", "content[3].attachment.data", "content[4].attachment"],
            findings.Select(f => f.Expression!["DocumentReference.".Length..]));
    }

    [Fact]
    public void Whatever_a_file_holds_it_is_judged_soon_and_never_thrown_over()
    {
        var amount = int.TryParse(Environment.GetEnvironmentVariable("VG_FUZZED_FILES"), out var asked) ? asked : 2_000;
        var (chance, clock) = (new Random(20261123), Stopwatch.StartNew());
        (byte[] File, string Type)[] seeds =
        [
            (Files.Pdf(), "application/pdf"), (OfLibrary(), "application/pdf"), (Files.PdfWithHiddenObject(Script), "application/pdf"),
            (Files.Jpeg("x"), "image/jpeg"), (Files.Png("x"), "image/png"), (Files.Text, "text/plain"),
        ];
        var taken = 0;
        for (var i = 0; i < amount; i++)
        {
            var (seed, type) = seeds[i % seeds.Length];
            taken += Judge(type, Bent(seed, chance)).File is null ? 0 : 1;
        }

        Assert.InRange(taken, 1, amount - 1);
        Assert.True(clock.Elapsed < TimeSpan.FromMilliseconds(20.0 * amount), $"{clock.Elapsed}");
    }

    private static byte[] Bent(byte[] seed, Random chance)
    {
        var file = seed.ToList();
        for (var n = chance.Next(1, 6); n > 0 && file.Count > 1; n--)
        {
            var at = chance.Next(file.Count);
            switch (chance.Next(5))
            {
                case 0: file[at] = (byte)chance.Next(256); break;
                case 1: file.RemoveRange(at, Math.Min(chance.Next(1, 50), file.Count - at)); break;
                case 2: file.InsertRange(at, file.Skip(chance.Next(file.Count)).Take(chance.Next(1, 50)).ToList()); break;
                case 3: file.InsertRange(at, Encoding.ASCII.GetBytes(chance.Next(3) switch { 0 => " 999999999 ", 1 => " -1 ", _ => " 0 0 R " })); break;
                default: file.InsertRange(at, Enumerable.Repeat((byte)"[<(/"[chance.Next(4)], chance.Next(1, 400))); break;
            }
        }

        return [.. file];
    }

    private static byte[] BadFile(string what) => what switch
    {
        "JavaScript in the catalog" => Files.Pdf("/OpenAction 4 0 R", "", Script),
        "JavaScript written otherwise" => Files.Pdf("/OpenAction 4 0 R", "", "<< /S /J#61vaScript /J#53 (app.alert\\(1\\)) >>"),
        "JavaScript out of sight" => Files.PdfWithHiddenObject(Script),
        "a program to start" => Files.Pdf("/OpenAction << /S /Launch /F (calc.exe) >>"),
        "a file inside" => Files.Pdf("/Names << /EmbeddedFiles << /Names [(a.txt) 4 0 R] >> >>", "", "<< /Type /Filespec /F (a.txt) /EF << /F 5 0 R >> >>", "<< /Length 1 >>\nstream\nx\nendstream"),
        "an XFA form" => Files.Pdf("/AcroForm << /Fields [] /XFA [] >>"),
        "an encrypted PDF" => Files.Encrypted,
        "a PDF that only its owner may change" => Files.Protected,
        "a PDF with an archive after it" => [.. Files.Pdf(), .. "PK\u0005\u0006"u8, .. new byte[18]],
        "a PDF with a web page in it" => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Files.Pdf()).Replace("%PDF-1.7\n", "%PDF-1.7\n%<html>\n", StringComparison.Ordinal)),
        "a PDF without its end" => Files.Pdf()[..200],
        "a PDF without pages" => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Files.Pdf()).Replace("/Kids [3 0 R] /Count 1", "/Kids [     ] /Count 0", StringComparison.Ordinal)),
        "a PDF that is nested too deep" => Files.Pdf("", "", string.Concat(Enumerable.Repeat("[", 100_000)) + string.Concat(Enumerable.Repeat("]", 100_000))),
        "a PDF that fills the memory" => Files.Pdf("", "", Files.Packed("/Type /ObjStm /N 1 /First 4", new byte[64 << 20])),
        "a PDF packed twice" => Files.Pdf("", "", Files.Packed("/Type /ObjStm /N 1 /First 4", new byte[1 << 20], times: 2)),
        "a JPEG named .pdf" => Files.Jpeg(),
        "a program named .pdf" => [.. "MZ"u8, .. new byte[100]],
        "a JPEG with a PDF in its comment" => Files.Jpeg("%PDF-1.7"),
        "a JPEG with an archive after it" => [.. Files.Jpeg(), .. "PK\u0003\u0004"u8],
        "a JPEG that is cut off" => Files.Jpeg()[..^2],
        "a JPEG without a picture" => [0xFF, 0xD8, 0xFF, 0xD9],
        "a PNG with a page in its comment" => Files.Png("<script>alert(1)</script>"),
        "a PNG with something after it" => [.. Files.Png(), .. "MZ"u8],
        "a PNG with a wrong checksum" => [.. Files.Png()[..30], 0xAA, .. Files.Png()[31..]],
        "a PNG that is cut off" => Files.Png()[..^12],
        "a web page named text" => "<!DOCTYPE html><html></html>"u8.ToArray(),
        "text that is no UTF-8" => [0x61, 0xE9, 0x62],
        "a PDF named text" => Files.Pdf(),
        "an empty file" => [],
        "a large file" => Enumerable.Repeat((byte)'a', (10 << 20) + 1).ToArray(),
        _ => [1, 2, 3],
    };

    private static byte[] OfLibrary()
    {
        using var builder = new PdfDocumentBuilder();
        builder.AddPage(PageSize.A4).AddText("Vragenlijst", 12, new PdfPoint(50, 700), builder.AddStandard14Font(Standard14Font.Helvetica));
        return builder.Build();
    }

    private static (JudgedFile? File, List<Finding> Findings) Judge(string? contentType, byte[] content)
    {
        var findings = new List<Finding>();
        return (Attachments.Judge(contentType, null, content, 1, "DocumentReference.content[0].attachment", findings), findings);
    }
}

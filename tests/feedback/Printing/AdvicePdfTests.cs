using System.Diagnostics;
using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Printing;
using Xunit;

namespace VGIntegration.Feedback.Tests.Printing;

public sealed class AdvicePdfTests
{
    [Fact]
    public void The_letter_tells_who_what_and_whom_to_call()
    {
        var pdf = Letter(Examples.Text);

        var text = TextOf(pdf);
        Assert.Contains("Huisartsenpraktijk De Verzonnen Brug", text, StringComparison.Ordinal);
        Assert.Contains(FeedbackHost.Resident, text, StringComparison.Ordinal);
        Assert.Contains("29 februari 1984", text, StringComparison.Ordinal);
        Assert.Contains("V-2026-000123", text, StringComparison.Ordinal);
        Assert.Contains("dinsdag 8 december 2026, 10:00 uur", text, StringComparison.Ordinal);
        Assert.Contains("020 999 00 02", text, StringComparison.Ordinal);
        Assert.Contains("Özgür Fictief", text, StringComparison.Ordinal);
        Assert.Contains(Examples.Situation, text, StringComparison.Ordinal);
        Assert.Contains(AdvicePdf.WaitingListSentence, text, StringComparison.Ordinal);
        Assert.InRange(pdf.Length, 10_000, 500_000);
    }

    [Fact]
    public void The_same_advice_is_the_same_bytes()
    {
        Assert.Equal(Letter(Examples.Text), Letter(Examples.Text));
        Assert.NotEqual(Letter(Examples.Text), Letter(Examples.Text with { Wishes = "Iets anders." }));
    }

    [Fact]
    public void Without_the_residents_agreement_the_huisarts_reads_only_that_it_took_place()
    {
        var pdf = AdvicePdf.Write(Examples.ALetter(sharesWithGp: false));

        var text = TextOf(pdf);
        Assert.Contains("Het verkennend gesprek heeft plaatsgevonden.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("scheiding", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_the_resident_is_for_a_care_provider_alone()
    {
        string Text(string? agb, bool withBsn) =>
            TextOf(AdvicePdf.Write(Examples.ALetter(agb: agb) with { WithBsn = withBsn }));

        Assert.Contains(FeedbackHost.Bsn, Text("01999999", withBsn: true), StringComparison.Ordinal);
        Assert.DoesNotContain(FeedbackHost.Bsn, Text("01999999", withBsn: false), StringComparison.Ordinal);
        Assert.DoesNotContain(FeedbackHost.Bsn, Text(null, withBsn: true), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_advice_takes_pages_and_loses_no_line()
    {
        var lines = Enumerable.Range(1, 420).Select(i => $"Regel {i} van een lang verhaal.");

        var pdf = Letter(new AdviceText { Situation = string.Join('\n', lines) });

        using var document = PdfDocument.Open(pdf);
        Assert.InRange(document.NumberOfPages, 9, 12);
        var text = TextOf(pdf);
        Assert.All(Enumerable.Range(1, 420), i => Assert.Contains($"Regel {i} van", text, StringComparison.Ordinal));
        Assert.Contains($"Pagina {document.NumberOfPages} van {document.NumberOfPages}", text, StringComparison.Ordinal);
        Assert.InRange(pdf.Length, 10_000, 500_000);
    }

    [Theory]
    [InlineData("Çelik, Łukasz, Dvořák, Ñuñez, Æsa, Đorđe, Ģirts, ẞ, œuvre, €", "Çelik, Łukasz, Dvořák, Ñuñez, Æsa, Đorđe, Ģirts, ẞ, œuvre, €")]
    [InlineData("Zoe\u0308 is uitgeteld", "Zoë is uitgeteld")]
    [InlineData("Ик, γεια", "Ик, γεια")]
    [InlineData("blij 😀 en 👩‍👩‍👧", "blij � en ���")]
    [InlineData("مرحبا daar", "����� daar")]
    [InlineData("een\u0007 en\ttab", "een en tab")]
    public void What_cannot_be_printed_is_seen_to_be_missing(string typed, string printed)
    {
        var text = TextOf(Letter(new AdviceText { Situation = typed }));

        Assert.Contains(printed, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_seen_to_be_missing()
    {
        var text = TextOf(Letter(new AdviceText { Situation = "half \ud83d paar" }));

        Assert.Contains("half � paar", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_longer_than_a_line_is_broken_and_more_letters_than_one_font_holds_are_printed()
    {
        var all = new StringBuilder();
        for (var letter = 'Ā'; letter < 'ɐ'; letter++)
        {
            all.Append(letter);
        }

        var text = TextOf(Letter(new AdviceText { Situation = new string('w', 500) + " " + all }));

        Assert.Equal(500, text.Split('\n').Where(l => l.Trim().All(c => c == 'w')).Sum(l => l.Trim().Length));
        Assert.All(all.ToString(), letter => Assert.Contains(letter, text));
    }

    [Fact]
    public void Other_programs_find_no_fault_in_it()
    {
        var file = Path.Combine(Surroundings.Sandbox.Folder("pdf"), "letter.pdf");
        File.WriteAllBytes(file, Letter(Examples.Text));

        Assert.SkipUnless(File.Exists("/usr/bin/qpdf") && File.Exists("/usr/bin/pdffonts"), "qpdf or poppler-utils is not installed");
        Assert.Contains("No syntax or stream encoding errors", Output("qpdf", "--check", file), StringComparison.Ordinal);
        var fonts = Output("pdffonts", file).Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];
        Assert.All(fonts, font => Assert.Matches(@"yes (yes|no) +yes", font)); // embedded, and searchable
    }

    private static byte[] Letter(AdviceText text) =>
        AdvicePdf.Write(Examples.ALetter(text));

    private static string TextOf(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        var lines = string.Join('\n', document.GetPages().Select(p => ContentOrderTextExtractor.GetText(p)));
        return lines.ReplaceLineEndings("\n") + "\n" + lines.ReplaceLineEndings(" ");
    }

    private static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd();
    }
}

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
    private const string WriteTo = "VG_LETTERS";

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
        Assert.Contains(AdvicePdf.WaitingListSentence, text, StringComparison.Ordinal);
        Assert.Contains("020 999 00 02", text, StringComparison.Ordinal);
        Assert.DoesNotContain("scheiding", text, StringComparison.Ordinal);
        Assert.DoesNotContain("advies", text, StringComparison.OrdinalIgnoreCase); // nor that there is one, nor what the resident wants with it
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
    public void All_that_was_written_is_there_to_be_copied_in_the_order_of_the_parts()
    {
        var written = Letters.Long();

        using var document = PdfDocument.Open(Letter(written));

        var text = string.Concat(document.GetPages().SelectMany(p => p.Letters).Where(l => l.StartBaseLine.Y > 60).Select(l => l.Value.Trim()));
        var at = 0;
        foreach (var part in written.Written)
        {
            var said = string.Concat(written[part].Where(c => !char.IsWhiteSpace(c)));
            at = text.IndexOf(said, at, StringComparison.Ordinal) + said.Length;
            Assert.True(at >= said.Length, $"{part} is not there as it was written");
        }
    }

    [Theory]
    [InlineData("letter-long")]
    [InlineData("letter")]
    [InlineData("copy")]
    public void No_heading_ends_a_page_and_no_line_of_a_paragraph_stands_alone(string name)
    {
        using var document = PdfDocument.Open(Letters.All[name]());

        Assert.All(document.GetPages(), page =>
        {
            var lines = page.Letters.Where(l => l.StartBaseLine.Y > 60).GroupBy(l => Math.Round(l.StartBaseLine.Y)).OrderByDescending(g => g.Key)
                .Select(g => (Y: g.Key, IsBold: g.All(l => l.FontName!.Contains("Bold", StringComparison.Ordinal)))).ToList();
            Assert.False(lines[^1].IsBold);
            Assert.True(lines[^1].Y >= 78);
        });
    }

    [Fact]
    public void A_paragraph_is_divided_with_two_lines_on_each_side_or_not_at_all()
    {
        foreach (var (lines, room) in from l in Enumerable.Range(1, 60) from r in Enumerable.Range(0, 60) select (l, r))
        {
            var fits = TextLines.Fitting(lines, room, 1);

            Assert.True(fits <= room && fits <= lines);
            Assert.True(fits == lines || fits == 0 || (fits >= 2 && lines - fits >= 2));
            Assert.True(fits > 0 || room < 4 || lines > room);
            Assert.True(fits > 0 || room < 3 || lines <= 3); // else a page would stay half empty
        }
    }

    [Fact]
    public void The_huisarts_sees_at_once_what_is_asked_and_what_the_resident_says()
    {
        var text = TextOf(Letters.All["letter"]());

        Assert.Contains("Gevraagd van u Verwijzing naar de basis-GGZ", text, StringComparison.Ordinal);
        Assert.Contains("De inwoner Ziet een deel anders: Sociaal domein", text, StringComparison.Ordinal);
        Assert.Contains("De inwoner ziet dit anders: Sociaal domein", text, StringComparison.Ordinal);
        Assert.Contains("De tuingroep is niets voor mij.", text, StringComparison.Ordinal);
        Assert.Contains("Netwerk Amstelland", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_concept_a_correction_and_the_residents_copy_say_what_they_are()
    {
        Assert.Contains("Concept: nog niet definitief", TextOf(Letters.All["letter-concept"]()), StringComparison.Ordinal);
        Assert.Contains("Gecorrigeerd: vervangt de brief van 2 december 2026", TextOf(Letters.All["letter-corrected"]()), StringComparison.Ordinal);
        var copy = TextOf(Letters.All["copy"]());
        Assert.Contains("Uw huisarts krijgt dit advies niet.", copy, StringComparison.Ordinal);
        Assert.Contains("U ziet dit anders: Sociaal domein", copy, StringComparison.Ordinal);
        Assert.DoesNotContain(FeedbackHost.Bsn, copy, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_process_writes_the_same_bytes()
    {
        if (Environment.GetEnvironmentVariable(WriteTo) is { } asked)
        {
            Assert.All(Letters.All, letter => File.WriteAllBytes(Path.Combine(asked, letter.Key), letter.Value()));
            return; // this is the other process
        }

        var folder = Surroundings.Sandbox.Folder("letters");
        var start = new ProcessStartInfo("dotnet",
            ["exec", typeof(AdvicePdfTests).Assembly.Location, "--filter-method", $"*{nameof(Another_process_writes_the_same_bytes)}"])
        {
            Environment = { [WriteTo] = folder, ["LANG"] = "tr_TR.UTF-8", ["TZ"] = "Pacific/Auckland" },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();

        Assert.True(Directory.EnumerateFiles(folder).Count() == Letters.All.Count, said);
        Assert.All(Letters.All, letter => Assert.Equal(File.ReadAllBytes(Path.Combine(folder, letter.Key)), letter.Value()));
    }

    private static byte[] Letter(AdviceText text) =>
        AdvicePdf.Write(Examples.ALetter(text));

    private static string TextOf(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        var lines = string.Join('\n', document.GetPages().Select(p => ContentOrderTextExtractor.GetText(p)));
        return lines.ReplaceLineEndings("\n") + "\n" + lines.ReplaceLineEndings(" ");
    }
}

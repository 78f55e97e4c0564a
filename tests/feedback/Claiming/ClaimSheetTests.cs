using CsCheck;
using VGIntegration.Feedback.Claiming;

namespace VGIntegration.Feedback.Tests.Claiming;

/// <summary>An export opened as a spreadsheet runs no formula, whatever people and organisations are called.</summary>
public sealed class ClaimSheetTests
{
    private static readonly char[] Beginnings = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

    private static readonly Gen<string> Wild = Gen.OneOf(
        Gen.String[Gen.Char, 0, 40],
        Gen.Select(Gen.OneOf(Beginnings), Gen.String[Gen.Char.AlphaNumeric, 0, 20], (first, rest) => $"{first}{rest}"),
        Gen.OneOf("=1+1", "=HYPERLINK(\"http://x\")", "+31 20", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "\"=1;\"", "';=1", "=1\r\n=2", "a\0b", "\uFFFE", "\uD800x", "_x000D_=1"));

    [Fact]
    public void No_cell_of_a_csv_begins_a_formula_and_no_name_breaks_the_table() => Gen.Select(Wild, Wild, Wild).Sample(
        (name, organisation, code) =>
        {
            var (sheet, line) = Sheet(name, organisation, code);

            var rows = Spreadsheet.Csv(sheet.Csv());

            Assert.Equal([11, 11], rows.Select(r => r.Length));
            Assert.Equal([line.ConversationNumber, "2026-12-01", "Zorgverzekeraar", "1", "87,50"], new[] { rows[1][0], rows[1][1], rows[1][4], rows[1][6], rows[1][8] });
            Assert.All(rows.SelectMany(r => r), cell => Assert.False(cell.TrimStart() is [var first, ..] && Beginnings.Contains(first), cell));
        },
        iter: 2_000, seed: "0000KOIPe643", threads: 1);

    [Fact]
    public async Task Every_text_of_an_xlsx_is_typed_as_text_and_there_is_no_formula() => await Gen.Select(Wild, Wild, Wild).SampleAsync(
        async (name, organisation, code) =>
        {
            var (sheet, _) = Sheet(name, organisation, code);

            var rows = Spreadsheet.Xlsx(await sheet.Xlsx(TestContext.Current.CancellationToken));

            Assert.Equal([11, 11], rows.Select(r => r.Length));
            Assert.Equal(
                [true, false, true, true, true, true, false, false, false, true, true], rows[1].Select(c => c.IsText || c.Value.Length == 0));
        },
        iter: 300, seed: "0000KOIPe643", threads: 1);

    [Fact]
    public async Task A_plain_name_is_the_same_in_both()
    {
        var (sheet, _) = Sheet("Özgür Fictief-Ďurišová", "Welzijn \"Bedacht\"; & Co", "VG-1");

        var (csv, xlsx) = (Spreadsheet.Csv(sheet.Csv())[1], Spreadsheet.Xlsx(await sheet.Xlsx(TestContext.Current.CancellationToken))[1]);

        Assert.Equal(["Özgür Fictief-Ďurišová", "Welzijn \"Bedacht\"; & Co", "VG-1"], new[] { csv[2], csv[3], csv[5] });
        Assert.Equal(["Özgür Fictief-Ďurišová", "Welzijn \"Bedacht\"; & Co", "VG-1"], new[] { xlsx[2].Value, xlsx[3].Value, xlsx[5].Value });
        Assert.Equal("87.5", xlsx[8].Value);
    }

    private static (ClaimSheet Sheet, ClaimLine Line) Sheet(string name, string organisation, string code)
    {
        var (who, where) = (Guid.NewGuid(), Guid.NewGuid());
        var performer = new Performer(who, where, "gz-psycholoog");
        var line = ClaimLine.Of((Guid.NewGuid(), Guid.NewGuid(), new DateOnly(2026, 12, 1)), performer, performer, Examples.Day)[0];
        var run = ExportRun.Make(1, new ExportOrder(Payer.Insurer, line.HeldOn, line.HeldOn, null, false), "manager", Examples.Day);
        var names = new KnownNames
        {
            Organisations = [new(where, organisation)],
            Professionals = [new(who, name, "GZ-psycholoog", "gz-psycholoog", "mental-health", where)],
        };
        return (ClaimSheet.Of([new(line, ExportedLine.Of(run, line, 1, new Price(code, 87.50m)), null)], names), line);
    }
}

using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace VGIntegration.Feedback.Claiming;

/// <summary>An export as a table. Nothing in it names the resident, and nothing in it runs as a formula.</summary>
internal sealed class ClaimSheet
{
    private static readonly string[] Heading =
        ["Gesprek", "Dag", "Verkenner", "Organisatie", "Betaler", "Prestatiecode", "Aantal", "Tarief", "Bedrag", "Soort", "Eerder in bestand"];

    private static readonly double[] Widths = [18, 12, 28, 32, 18, 16, 8, 11, 11, 14, 18];

    private static readonly CultureInfo Dutch = CultureInfo.GetCultureInfo("nl-NL");
    private static readonly CsvConfiguration Form = new(CultureInfo.InvariantCulture) { Delimiter = ";", NewLine = "\r\n" };

    // What a spreadsheet takes for the beginning of a formula; the wide signs too, which some of them read as the narrow ones.
    private static readonly char[] Formula = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];

    private readonly List<object[]> _rows;

    private ClaimSheet(IEnumerable<object[]> rows) => _rows = [.. rows];

    internal static ClaimSheet Of(IEnumerable<ExportedRow> rows, KnownNames names) => new(rows.Select(r => (object[])
    [
        r.Line.ConversationNumber, r.Line.HeldOn, names.NameOf(r.Line.ProfessionalId), names.OrganisationOf(r.Line.OrganisationId),
        r.Line.Payer.InDutch(), r.Exported.Code, r.Exported.Count, r.Exported.Tariff, r.Exported.Amount,
        r.Line.Kind.InDutch(), r.EarlierRun is { } earlier ? earlier : "",
    ]));

    /// <summary>For a Dutch spreadsheet: columns by a semicolon, amounts with a comma.</summary>
    internal byte[] Csv()
    {
        using var memory = new MemoryStream();
        using (var csv = new CsvWriter(new StreamWriter(memory, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)), Form))
        {
            foreach (var row in _rows.Prepend(Heading))
            {
                foreach (var cell in row)
                {
                    csv.WriteField(cell switch
                    {
                        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                        decimal amount => amount.ToString("0.00", Dutch),
                        int number => number.ToString(CultureInfo.InvariantCulture),
                        _ => Harmless(Clean((string)cell)),
                    });
                }

                csv.NextRecord();
            }
        }

        return memory.ToArray();
    }

    /// <summary>Each cell has its type: a text is a text, whatever sign it begins with.</summary>
    internal async Task<byte[]> Xlsx(CancellationToken ct)
    {
        using var memory = new MemoryStream();
        await using (var book = await Spreadsheet.CreateNewAsync(memory, cancellationToken: ct))
        {
            var (bold, day, euros) = (new Style(), new Style(), new Style());
            bold.Font.Bold = true;
            day.Format = NumberFormat.Custom("dd-mm-yyyy");
            euros.Format = NumberFormat.Custom("#,##0.00");
            var (header, date, amount) = (book.AddStyle(bold), book.AddStyle(day), book.AddStyle(euros));
            var options = new WorksheetOptions { FrozenRows = 1 };
            for (var column = 0; column < Widths.Length; column++)
            {
                options.Column(column + 1).Width = Widths[column];
            }

            await book.StartWorksheetAsync("Declaraties", options, ct);
            await book.AddRowAsync(Heading.Select(title => new Cell(title, header)).ToArray(), ct);
            foreach (var row in _rows)
            {
                await book.AddRowAsync(row.Select(cell => cell switch
                {
                    DateOnly on => new Cell(on.ToDateTime(TimeOnly.MinValue), date),
                    decimal money => new Cell(money, amount),
                    int number => new Cell(number),
                    _ => new Cell(Clean((string)cell)),
                }).ToArray(), ct);
            }

            await book.FinishAsync(ct);
        }

        return memory.ToArray();
    }

    // No sign that XML 1.0 does not know, and no half of a sign: the file must open.
    private static string Clean(string text) => string.Concat(text.EnumerateRunes()
        .Select(r => Rune.IsControl(r) || r.Value is 0xFFFE or 0xFFFF ? new Rune(' ') : r)).Trim();

    private static string Harmless(string text) => text.TrimStart() is [var first, ..] && Formula.Contains(first) ? $"'{text}" : text;
}

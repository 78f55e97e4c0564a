using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace VGIntegration.Feedback.Tests.Claiming;

/// <summary>Reads an export back as a spreadsheet does: each cell with its type.</summary>
internal static class Spreadsheet
{
    public static List<string[]> Csv(byte[] file)
    {
        using var csv = new CsvReader(
            new StreamReader(new MemoryStream(file)), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = ";", HasHeaderRecord = false });
        var rows = new List<string[]>();
        while (csv.Read())
        {
            rows.Add(csv.Parser.Record!);
        }

        return rows;
    }

    public static List<(bool IsText, string Value)[]> Xlsx(byte[] file)
    {
        using var book = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        var sheet = Assert.Single(book.WorkbookPart!.WorksheetParts);
        Assert.Empty(sheet.Worksheet.Descendants<CellFormula>());
        Assert.Null(book.WorkbookPart.CalculationChainPart);
        Assert.Empty(book.WorkbookPart.ExternalWorkbookParts);
        var strings = book.WorkbookPart.SharedStringTablePart?.SharedStringTable.Elements<SharedStringItem>().Select(s => s.InnerText).ToList() ?? [];
        return [.. sheet.Worksheet.Descendants<Row>().Select(row => row.Elements<Cell>().Select(cell =>
            cell.DataType?.Value == CellValues.InlineString ? (true, cell.InnerText)
            : cell.DataType?.Value == CellValues.SharedString ? (true, strings[int.Parse(cell.InnerText, CultureInfo.InvariantCulture)])
            : cell.DataType?.Value == CellValues.String ? (true, cell.InnerText)
            : (false, cell.InnerText)).ToArray())];
    }
}

using System.Globalization;
using System.Text;
using CsCheck;
using CsvHelper;
using CsvHelper.Configuration;
using VGIntegration.Feedback.Monitoring.Exporting;

namespace VGIntegration.Feedback.Tests.Monitoring;

public sealed class MonitoringSheetTests
{
    private const string Dangerous = "=+-@\t\r\n";

    private static readonly string[] Starts = ["", "=", "+", "-", "@", "\t", "\r", "\n", "\"=", ";=", "'="];

    private static readonly Gen<string> Cell = Gen.Select(
        Gen.Int[0, Starts.Length - 1].Select(i => Starts[i]), Gen.String, (start, rest) => start + rest.Replace("\0", "", StringComparison.Ordinal));

    [Fact]
    public void Whatever_is_in_a_cell_a_spreadsheet_runs_no_formula_and_loses_no_cell()
    {
        Cell.Array[1, 6].Array[1, 5].Where(rows => rows.All(row => row.Length == rows[0].Length)).Sample(
            rows =>
            {
                var read = Read(MonitoringSheet.Write(rows));

                Assert.Equal(rows.Length, read.Count);
                Assert.All(read.SelectMany(row => row), cell => Assert.True(cell.Length == 0 || !Dangerous.Contains(cell[0], StringComparison.Ordinal), cell));
                Assert.All(rows.Zip(read), pair => Assert.Equal(pair.First.Length, pair.Second.Length));
            },
            iter: 2_000, threads: 1);
    }

    // As a spreadsheet reads it: by the rules of RFC 4180, nothing trimmed.
    private static List<string[]> Read(byte[] sheet)
    {
        var form = new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = ";", HasHeaderRecord = false, IgnoreBlankLines = false, NewLine = "\r\n", BadDataFound = null };
        using var csv = new CsvReader(new StringReader(Encoding.UTF8.GetString(sheet)), form);
        List<string[]> rows = [];
        while (csv.Read())
        {
            rows.Add(csv.Parser.Record!);
        }

        return rows;
    }
}

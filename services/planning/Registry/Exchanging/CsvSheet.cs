using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using VGIntegration.Planning.Registry.Keeping;

namespace VGIntegration.Planning.Registry.Exchanging;

/// <summary>One kind of record as a sheet: a row each, headed as the fields of its page.</summary>
internal static class CsvSheet
{
    private const string Id = "Id";

    // What a spreadsheet would take for a formula (OWASP, CSV injection); a quote in front makes it text.
    private static readonly char[] Formula = ['=', '@', '+', '-', '\t', '\r'];

    private static readonly CsvConfiguration Form = new(CultureInfo.InvariantCulture)
    {
        Delimiter = ";", // what a Dutch spreadsheet opens in columns
        NewLine = "\r\n",
        InjectionOptions = InjectionOptions.Escape,
        InjectionCharacters = Formula,
    };

    internal static byte[] Write(RecordKind kind, Register register) => Write(
        [Id, .. kind.Fields.Select(f => f.Label)],
        register.Of(kind.Path).Select(r => (Title: kind.Title(r, register), Record: r)).OrderBy(r => r.Title, StringComparer.OrdinalIgnoreCase)
            .Select(r => Cells(kind, r.Record, register)));

    /// <summary>UTF-8 with a byte order mark, without which a spreadsheet reads é as Ã©.</summary>
    internal static byte[] Write(IEnumerable<string> heading, IEnumerable<IEnumerable<string>> rows)
    {
        using var memory = new MemoryStream();
        using (var writer = new CsvWriter(new StreamWriter(memory, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)), Form))
        {
            foreach (var row in rows.Prepend(heading))
            {
                foreach (var cell in row)
                {
                    writer.WriteField(cell);
                }

                writer.NextRecord();
            }
        }

        return memory.ToArray();
    }

    internal static ImportFile Read(RecordKind kind, byte[] file)
    {
        var bad = new List<int>();
        var form = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = [";", ",", "\t"],
            TrimOptions = TrimOptions.Trim,
            BadDataFound = args => bad.Add(args.Context.Parser?.RawRow ?? 0),
            MissingFieldFound = null,
        };
        using var csv = new CsvReader(new StringReader(Decode(file)), form);
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { } heading)
        {
            return ImportFile.Refused("Dit bestand is leeg.");
        }

        if (FaultOf(kind, heading) is { } fault)
        {
            return ImportFile.Refused(fault);
        }

        var rows = new List<ImportRow>();
        while (csv.Read())
        {
            if (csv.Parser.Record is not { } cells || cells.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            var values = heading.Select((h, i) => (Name: NameOf(kind, h), Cell: Unescape(i < cells.Length ? cells[i] : ""))).ToList();
            var id = values.FirstOrDefault(v => v.Name == Id).Cell;
            if (!string.IsNullOrEmpty(id) && !Guid.TryParse(id, out _))
            {
                return ImportFile.Refused($"Rij {csv.Parser.RawRow}, kolom Id: dit is geen id uit een export. Laat het leeg voor iets nieuws.");
            }

            rows.Add(new ImportRow(
                kind, $"Rij {csv.Parser.RawRow}", Guid.TryParse(id, out var known) ? known : null,
                values.Where(v => v.Name is not Id).ToDictionary(v => v.Name!, v => (string?)v.Cell)));
        }

        return bad.Count > 0 ? ImportFile.Refused($"Rij {bad[0]}: er klopt iets niet met de aanhalingstekens.")
            : rows.Count == 0 ? ImportFile.Refused("Er staan geen rijen in dit bestand.")
            : rows.Count > ImportRegistry.MostRows ? ImportFile.Refused($"Dit zijn {rows.Count} rijen. Lees er ten hoogste {ImportRegistry.MostRows} tegelijk in.")
            : new ImportFile(rows);
    }

    private static string? FaultOf(RecordKind kind, string[] heading)
    {
        var unknown = heading.FirstOrDefault(h => NameOf(kind, h) is null);
        var twice = heading.GroupBy(h => NameOf(kind, h)).FirstOrDefault(g => g.Count() > 1)?.First();
        return unknown is not null ? $"Rij 1: de kolom “{Shorten(unknown)}” is onbekend. Deze kolommen kunnen: {string.Join(", ", kind.Fields.Select(f => f.Label).Prepend(Id))}."
            : twice is not null ? $"Rij 1: de kolom “{Shorten(twice)}” staat er twee keer." : null;
    }

    private static string Shorten(string text) => text.Length > 60 ? text[..60] + "…" : text;

    private static string? NameOf(RecordKind kind, string heading) =>
        string.Equals(heading.Trim(), Id, StringComparison.OrdinalIgnoreCase) ? Id
        : kind.Fields.FirstOrDefault(f => string.Equals(f.Label, heading.Trim(), StringComparison.OrdinalIgnoreCase)
            || string.Equals(f.Name, heading.Trim(), StringComparison.OrdinalIgnoreCase))?.Name;

    private static IEnumerable<string> Cells(RecordKind kind, IRegistryRecord record, Register register)
    {
        var values = kind.Read(record);
        return kind.Fields.Select(f => f.Refers is { } other && values[f.Name] is { } id && register.Named(other, f.Show(id, register)).Count() > 1
            ? id // two are called so
            : f.Show(values[f.Name], register)).Prepend($"{record.Id}");
    }

    private static string Unescape(string cell) => cell.Length > 1 && cell[0] == '\'' && Formula.Contains(cell[1]) ? cell[1..] : cell;

    // What is no UTF-8 comes from an older spreadsheet: Western European.
    private static string Decode(byte[] file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(file);
        }
    }
}

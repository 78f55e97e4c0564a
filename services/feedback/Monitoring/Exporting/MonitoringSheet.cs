using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace VGIntegration.Feedback.Monitoring.Exporting;

/// <summary>The forms as rows for a spreadsheet; a choice of more than one has a column for each answer.</summary>
internal static class MonitoringSheet
{
    private static readonly CsvConfiguration Form = new(CultureInfo.InvariantCulture)
    {
        Delimiter = ";", // what a Dutch spreadsheet opens in columns
        NewLine = "\r\n",
        InjectionOptions = InjectionOptions.Escape, // nothing in it runs as a formula
        InjectionCharacters = ['=', '@', '+', '-', '\t', '\r', '\n'],
    };

    internal static readonly IReadOnlyList<string> Heading =
    [
        "nummer", "stand", "maand", "inwoner", "ervaring inwoner", "geholpen", "plek", "vorm",
        .. Choices.Companies.Select(c => $"erbij: {c.Code}"), .. Choices.Steps.Select(c => $"vervolg: {c.Code}"),
        "ervaring ggz", "ervaring sociaal domein",
    ];

    internal static IReadOnlyList<string> Row(ExportedForm form) =>
    [
        form.Id.ToString(), form.Status, form.ConversationMonth, form.Resident.Turn, Number(form.Resident.Experience), Number(form.Resident.Helpfulness),
        form.Place, form.Setting,
        .. Choices.Companies.Select(c => YesOrNo(form.Company.Contains(c.Code))), .. Choices.Steps.Select(c => YesOrNo(form.NextSteps.Contains(c.Code))),
        Number(form.Professionals.MentalHealth), Number(form.Professionals.SocialDomain),
    ];

    internal static byte[] Write(IEnumerable<IReadOnlyList<string>> rows)
    {
        using var memory = new MemoryStream();
        using (var csv = new CsvWriter(new StreamWriter(memory, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)), Form))
        {
            foreach (var row in rows)
            {
                foreach (var cell in row)
                {
                    csv.WriteField(cell);
                }

                csv.NextRecord();
            }
        }

        return memory.ToArray();
    }

    private static string Number(int? score) => score?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string YesOrNo(bool so) => so ? "ja" : "nee";
}

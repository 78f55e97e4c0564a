using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Keeping;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Receiving;

namespace VGIntegration.ReferralIntake.Requesting;

/// <summary>
/// All that the three services hold about one referral, as one ZIP that a resident can read (AVG art. 15 and 20). It is made
/// whole or not at all.
/// </summary>
internal sealed class ExportRecord(IntakeDbContext db, PlanningRecords planning, FeedbackRecords feedback)
{
    private const string ReadMe = """
        Dit zijn de gegevens over uw verkennend gesprek.

        verwijzing.json                    wat de huisarts stuurde, en wat daarna is gebeurd
        verwijzing-zoals-gestuurd.json     het bericht van de huisarts, zoals het kwam
        planning.json                      hoe het gesprek is gepland
        advies.json                        het advies, en hoe het is verstuurd
        brieven                            de brieven aan de huisarts, zoals ze zijn verstuurd
        bijlagen                           wat de huisarts meestuurde

        In elk bestand staat onder "Logboek" wie uw gegevens heeft gezien of veranderd, en waarom.
        """;

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerOptions.Default)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The ZIP, or else which service did not answer.</summary>
    internal async Task<(byte[]? Zip, string? Away)> Run(Referral referral, CancellationToken ct)
    {
        if (await planning.Of(referral.Id, ct) is not { } planned)
        {
            return (null, "De planning");
        }

        if (await feedback.Of(referral.Id, ct) is not { } advised)
        {
            return (null, "De terugkoppeling");
        }

        var own = await IntakeRecord.Whole.Read(db, referral.Id, ct);
        own["Logboek"] = await Looks(referral.Id, ct);
        var files = await db.Files.AsNoTracking().Where(f => f.ReferralId == referral.Id).OrderBy(f => f.ReceivedAt).ThenBy(f => f.Number).ToListAsync(ct);
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            Add(zip, "LEESMIJ.txt", Encoding.UTF8.GetBytes(ReadMe));
            Add(zip, "verwijzing.json", Bytes(own));
            Add(zip, "verwijzing-zoals-gestuurd.json", Bytes(JsonNode.Parse(referral.Content)));
            Add(zip, "planning.json", Bytes(planned.Record));
            Add(zip, "advies.json", Bytes(advised.Record));
            foreach (var (file, i) in planned.Files.Concat(advised.Files).Select((f, i) => (f, i + 1)))
            {
                Add(zip, $"brieven/{i}-{NameOf(file.Name, i)}", file.Content);
            }

            foreach (var (file, i) in files.Select((f, i) => (f, i + 1)))
            {
                Add(zip, $"bijlagen/{i}-{NameOf(file.Name, i)}", file.Content);
            }
        }

        return (stream.ToArray(), null);
    }

    private async Task<JsonNode?> Looks(Guid id, CancellationToken ct) => JsonSerializer.SerializeToNode(await db.Audit.AsNoTracking()
        .Where(a => a.What == $"Referral/{id}").OrderBy(a => a.RecordedAt)
        .Select(a => new { a.RecordedAt, a.Action, a.Who, a.OnBehalfOf, a.Why }).ToListAsync(ct));

    private static byte[] Bytes(JsonNode? node) => JsonSerializer.SerializeToUtf8Bytes(node, Readable);

    // What came from outside names no folder.
    private static string NameOf(string name, int number)
    {
        var kept = new string([.. name.Where(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ' ')]).Trim('.', ' ');
        return kept.Length > 0 ? kept : $"bestand-{number}";
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(content);
    }
}

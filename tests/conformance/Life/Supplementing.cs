using System.Text;

namespace VGIntegration.Conformance.Life;

internal static class Supplementing
{
    private const string Section = "supplement";

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new(Section, "a PDF can be added, and read back as it was", async life =>
        {
            var pdf = Messages.Pdf();
            var taken = (await life.Gp.Post("/fhir/DocumentReference", Messages.Supplement(life.Referral, pdf))).Is(201);
            var document = (await life.Gp.Get($"/fhir/DocumentReference/{taken.Id}")).Is(200);
            var url = (string?)document.Json["content"]?[0]?["attachment"]?["url"];
            var data = (string?)document.Json["content"]?[0]?["attachment"]?["data"];
            document.That(url is not null || data is not null, "neither url nor data");
            var bytes = data is not null
                ? Convert.FromBase64String(data)
                : (await life.Gp.Get($"/fhir/{url!.Split("/fhir/")[^1]}", headers =>
                {
                    headers.Accept.Clear();
                    headers.Accept.ParseAdd("application/pdf");
                })).Is(200).Body;
            document.That(bytes.AsSpan().SequenceEqual(pdf), "other bytes came back");
        }),
        new(Section, "what says to be a PDF and is not, is refused", async life =>
            (await life.Gp.Post("/fhir/DocumentReference", Messages.Supplement(life.Referral, "MZ\u0090 no PDF"u8.ToArray()))).Is(422)
                .That(true, "")),
        new(Section, "a PDF with a script is refused", async life =>
        {
            var active = Encoding.ASCII.GetString(Messages.Pdf()).Replace("/Type/Catalog", "/Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>", StringComparison.Ordinal);
            var answer = (await life.Gp.Post("/fhir/DocumentReference", Messages.Supplement(life.Referral, Encoding.ASCII.GetBytes(active)))).Is(422);
            answer.That((string?)answer.Json["resourceType"] == "OperationOutcome", "no OperationOutcome");
        }),
        new(Section, "a referral that is not there cannot be added to", async life =>
        {
            var answer = await life.Gp.Post("/fhir/DocumentReference", Messages.Supplement(Guid.NewGuid().ToString(), Messages.Pdf()));
            answer.Is(404, 422).That((string?)answer.Json["resourceType"] == "OperationOutcome", "no OperationOutcome");
        }),
    ];
}

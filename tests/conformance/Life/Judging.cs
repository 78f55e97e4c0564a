using static VGIntegration.Conformance.Checks;

namespace VGIntegration.Conformance.Life;

internal static class Judging
{
    private const string Section = "judgement";

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new(Section, "$validate finds nothing to refuse in a good referral, and stores nothing", async life =>
        {
            var number = life.Number("validate");
            var answer = (await life.Gp.Post("/fhir/ServiceRequest/$validate", Messages.Single(number))).Is(200);
            answer.That(answer.Issues.All(i => (string?)i["severity"] is not ("error" or "fatal")), "an error for a good referral");
            (await Search(life, number)).Is(200).That((await Search(life, number)).Found("ServiceRequest").Count == 0, "it was stored");
        }),
        new(Section, "every reason to refuse comes at once, each with its place", async life =>
        {
            var sent = Messages.Transaction(life.Number("refused"));
            var request = Messages.Of(sent, "ServiceRequest");
            (request["status"], request["intent"]) = ("draft", "proposal");
            request.Remove("code");
            request.Remove("category");
            Messages.Of(sent, "Patient").Remove("name");
            Messages.Of(sent, "Organization").Remove("identifier");
            var answer = (await life.Gp.Post("/fhir", sent)).Refuses(422, "value", ".status");
            foreach (var place in new[] { ".intent", ".code", ".name", ".identifier" })
            {
                answer.That(answer.Expressions.Any(e => e.EndsWith(place, StringComparison.Ordinal)), $"no issue at {place}");
            }

            answer.That(answer.Issues.Count(i => (string?)i["severity"] == "error") >= 5, "fewer than five errors");
        }),
        new(Section, "another service is refused", async life =>
        {
            var sent = Messages.Single(life.Number("other-service"));
            (sent["code"], sent["category"]) = (System.Text.Json.Nodes.JsonNode.Parse("""{ "text": "Fysiotherapie" }"""), null);
            (await life.Gp.Post("/fhir/ServiceRequest", sent)).Refuses(422, "code-invalid", ".code");
        }),
        new(Section, "nine zeros are no BSN, and the answer does not repeat a name", async life =>
        {
            var sent = Messages.Transaction(life.Number("bsn"));
            Messages.Of(sent, "Patient")["identifier"]![0]!["value"] = "000000000";
            var answer = (await life.Gp.Post("/fhir", sent)).Refuses(422, "value", ".identifier");
            answer.That(!answer.Text.Contains(Messages.FamilyName, StringComparison.Ordinal), "the resident's name is in the answer");
        }),
        new(Section, "doubt alone is enough, and what is missing but nice to have is a warning", async life =>
        {
            var sent = Messages.Transaction(life.Number("doubt"));
            Messages.Of(sent, "Patient").Remove("identifier");
            Messages.Of(sent, "ServiceRequest").Remove("reasonCode");
            var answer = (await life.Gp.Post("/fhir", sent, Header("Prefer", "return=OperationOutcome"))).Is(201);
            answer.That(answer.Text.Contains("\"warning\"", StringComparison.Ordinal), "no warning");
        }),
        new(Section, "urgent is taken, with the crisis service as a warning", async life =>
        {
            var sent = Messages.Single(life.Number("urgent"));
            sent["priority"] = "urgent";
            var answer = (await life.Gp.Post("/fhir/ServiceRequest", sent, Header("Prefer", "return=OperationOutcome"))).Is(201);
            answer.That(answer.Text.Contains("crisis", StringComparison.OrdinalIgnoreCase), "no word of the crisis service");
        }),
    ];

    private static Task<Answer> Search(ReferralLife life, string number) =>
        life.Gp.Get($"/fhir/ServiceRequest?identifier={Messages.NumberSystem}|{number}");
}

using static VGIntegration.Conformance.Checks;

namespace VGIntegration.Conformance.Life;

internal static class Door
{
    private const string Section = "door";

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new(Section, "the capability statement is open, and is FHIR 4.0.1", async life =>
        {
            var answer = (await life.Gp.Send(HttpMethod.Get, "/fhir/metadata", null, token: "")).Is(200);
            answer.That((string?)answer.Json["resourceType"] == "CapabilityStatement", "no CapabilityStatement");
            answer.That((string?)answer.Json["fhirVersion"] == "4.0.1", "fhirVersion is not 4.0.1");
        }),
        new(Section, "without a token there is nothing", async life =>
            (await life.Gp.Send(HttpMethod.Get, "/fhir/Task", null, token: "")).Refuses(401, "login")),
        new(Section, "with a token that nobody gave there is nothing", async life =>
            (await life.Gp.Send(HttpMethod.Get, "/fhir/Task", null, token: "eyJhbGciOiJub25lIn0.e30.")).Refuses(401, "login")),
        new(Section, "a token is given, for at most 300 s", async life =>
        {
            var token = await life.Gp.AskToken();
            Must((int?)token["expires_in"] is > 0 and <= 300, $"expires_in is {token["expires_in"]}");
            Must(string.Equals((string?)token["token_type"], "bearer", StringComparison.OrdinalIgnoreCase), "no bearer token");
        }),
        new(Section, "a token for looking alone does not refer", async life =>
        {
            var token = (string)(await life.Gp.AskToken("system/Task.rs"))["access_token"]!;
            var sent = Caller.Fhir(Messages.Transaction(life.Number("scope")));
            (await life.Gp.Send(HttpMethod.Post, "/fhir", sent, token: token)).Refuses(403, "forbidden");
        }),
        new(Section, "where to ask for a token can be found", async life =>
        {
            var answer = (await life.Gp.Send(HttpMethod.Get, "/fhir/.well-known/smart-configuration", null, token: "")).Is(200);
            answer.That((string?)answer.Json["token_endpoint"] is { Length: > 0 }, "no token_endpoint");
        }),
    ];
}

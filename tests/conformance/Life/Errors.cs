using static VGIntegration.Conformance.Caller;

namespace VGIntegration.Conformance.Life;

internal static class Errors
{
    private const string Section = "errors";
    private const string Json = "application/fhir+json";

    public static IReadOnlyList<Check> Checks { get; } =
    [
        Refused("broken JSON", "/fhir", () => Body("{ \"resourceType\": ", Json), 400, "structure"),
        Refused("JSON of 10,000 levels", "/fhir", () => Body($"{string.Concat(Enumerable.Repeat("{\"a\":", 10_000))}1{new string('}', 10_000)}", Json), 400, "structure"),
        Refused("XML with a DTD", "/fhir/ServiceRequest", () => Body("<!DOCTYPE a [<!ENTITY b \"c\">]><ServiceRequest xmlns=\"http://hl7.org/fhir\"/>", "application/fhir+xml"), 400, "structure"),
        Refused("30 MB", "/fhir", () => Body(new string(' ', 30 * 1024 * 1024), Json), 413, "too-long"),
        Refused("a media type that is not FHIR", "/fhir", () => Body("hallo", "text/plain"), 415, "not-supported"),
        Refused("another FHIR version", "/fhir/ServiceRequest", () => Body("{\"resourceType\":\"ServiceRequest\"}", $"{Json}; fhirVersion=3.0"), 400, "structure"),
        Refused("a resource that is not taken here", "/fhir/Observation", () => Body("{\"resourceType\":\"Observation\"}", Json), 404, "not-supported"),
        Refused("no referral in the message", "/fhir", () => Body("{\"resourceType\":\"Bundle\",\"type\":\"transaction\"}", Json), 422, "required"),
        new(Section, "an interaction that is not there is a 405", async life =>
            (await life.Gp.Send(HttpMethod.Delete, $"/fhir/ServiceRequest/{life.Referral}", null)).Refuses(405, "not-supported")),
        new(Section, "after all of this it still takes a referral", async life => await life.Refer("after-errors")),
    ];

    private static Check Refused(string what, string path, Func<HttpContent> content, int status, string code) => new(
        Section, $"{what}: {status}", async life => (await life.Gp.Send(HttpMethod.Post, path, content())).Refuses(status, code));
}

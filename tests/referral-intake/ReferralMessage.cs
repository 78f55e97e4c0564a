using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace VGIntegration.ReferralIntake.Tests;

/// <summary>A good referral as a GP system sends it, to be bent by a test.</summary>
internal static class ReferralMessage
{
    internal static JsonObject Bundle(string number, Action<JsonObject>? bend = null)
    {
        var links = Enumerable.Range(0, 4).Select(_ => $"urn:uuid:{Guid.NewGuid()}").ToArray();
        var bundle = JsonNode.Parse($$"""
            { "resourceType": "Bundle", "type": "transaction", "entry": [
              { "fullUrl": "{{links[0]}}", "request": { "method": "POST", "url": "ServiceRequest" }, "resource": {
                "resourceType": "ServiceRequest", "status": "active", "intent": "order",
                "identifier": [ { "system": "http://his.example/verwijzing", "value": "{{number}}" } ],
                "category": [ { "coding": [ { "system": "https://vgintegration.nl/fhir/CodeSystem/zorgvraag", "code": "welzijn" } ] } ],
                "code": { "coding": [ { "system": "https://vgintegration.nl/fhir/CodeSystem/zorgvraag", "code": "verkennend-gesprek" } ] },
                "reasonCode": [ { "coding": [ { "system": "https://vgintegration.nl/fhir/CodeSystem/verwijscriterium", "code": "twijfel" } ], "text": "Somber, schulden" } ],
                "subject": { "reference": "{{links[1]}}" }, "requester": { "reference": "{{links[2]}}" } } },
              { "fullUrl": "{{links[1]}}", "request": { "method": "POST", "url": "Patient" }, "resource": {
                "resourceType": "Patient", "birthDate": "1980-05-17",
                "identifier": [ { "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": "999911120" } ],
                "name": [ { "family": "Testpersoon", "given": [ "Tess" ] } ],
                "telecom": [ { "system": "phone", "value": "0612345678" } ],
                "address": [ { "line": [ "Dorpsstraat 1" ], "postalCode": "1182 AB", "city": "Amstelveen" } ] } },
              { "fullUrl": "{{links[2]}}", "request": { "method": "POST", "url": "PractitionerRole" }, "resource": {
                "resourceType": "PractitionerRole", "organization": { "reference": "{{links[3]}}" } } },
              { "fullUrl": "{{links[3]}}", "request": { "method": "POST", "url": "Organization" }, "resource": {
                "resourceType": "Organization", "name": "De Brug",
                "identifier": [ { "system": "http://fhir.nl/fhir/NamingSystem/agb-z", "value": "01007892" } ] } } ] }
            """)!.AsObject();
        bend?.Invoke(bundle);
        return bundle;
    }

    internal static JsonObject Resource(this JsonObject bundle, int entry) => bundle["entry"]![entry]!["resource"]!.AsObject();

    internal static Task<HttpResponseMessage> PostFhir(this HttpClient gp, string path, JsonNode body) => gp.PostFhir(path, body.ToJsonString());

    internal static async Task<HttpResponseMessage> PostFhir(
        this HttpClient gp, string path, string body, string mediaType = "application/fhir+json")
    {
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return await gp.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    internal static async Task<JsonNode> Json(this HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    /// <summary>Every complaint of an OperationOutcome, as severity, code and element.</summary>
    internal static async Task<string[]> Issues(this HttpResponseMessage answer)
    {
        var outcome = await answer.Json();
        Assert.Equal("OperationOutcome", (string?)outcome["resourceType"]);
        return [.. outcome["issue"]!.AsArray().Select(i => $"{i!["severity"]} {i["code"]} {i["expression"]?[0]}")];
    }
}

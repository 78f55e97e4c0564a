using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests;

/// <summary>A good referral as a GP system sends it, to be bent by a test.</summary>
internal static class ReferralMessage
{
    internal static JsonObject Bundle(string number, Action<JsonObject>? bend = null)
    {
        var bundle = ReferringGp.Bundle(number, new TestPerson("Tess", "Testpersoon", "999911120", "0612345678"));
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

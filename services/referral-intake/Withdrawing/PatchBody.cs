using System.Text.Json;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson.Exceptions;
using Microsoft.Net.Http.Headers;
using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Reading;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Withdrawing;

/// <summary>A JSON Patch (RFC 6902) in the body of a request: what is to be changed in the ServiceRequest as it is read back.</summary>
internal sealed record PatchBody(byte[] Patch, FhirResult? Refusal = null)
{
    internal const string MediaType = "application/json-patch+json";
    private const int MaxBytes = 1024 * 1024;
    private const int MaxOperations = 200;
    private const int MaxCopies = 4; // each can double what is there

    private static readonly string[] Operations = ["add", "remove", "replace", "move", "copy", "test"];
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    public static async ValueTask<PatchBody> BindAsync(HttpContext context)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != MediaType)
        {
            return Refused(415, IssueType.NotSupported, $"Stuur een JSON Patch (RFC 6902) als {MediaType}. FHIRPath Patch kan hier niet.");
        }

        using var body = new MemoryStream();
        var buffer = new byte[16_384];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + read > MaxBytes)
            {
                return Refused(413, IssueType.TooLong, "De patch is groter dan 1 MB. Stuur de hele ServiceRequest met PUT.");
            }

            body.Write(buffer, 0, read);
        }

        return Read(body.ToArray());
    }

    /// <summary>The resource as it becomes, judged as if it came in like that; or why the patch does not fit.</summary>
    internal (FhirBody? Body, Finding? Wrong) On(ServiceRequest current)
    {
        var document = JsonNode.Parse(FhirJson.Write(current))!.AsObject();
        try
        {
            JsonSerializer.Deserialize<JsonPatchDocument<JsonObject>>(Patch)!.ApplyTo(document); // its values live in one document alone
        }
        catch (Exception e) when (e is JsonPatchException or ArgumentException or InvalidOperationException)
        {
            return (null, Finding.Error(IssueType.Processing, null, // the library's own sentence quotes the value
                "De patch past niet op de verwijzing zoals zij nu is: een pad bestaat niet, of een test klopt niet. Lees haar opnieuw."));
        }

        return (FhirParser.Json(JsonSerializer.SerializeToUtf8Bytes(document)), null);
    }

    private static PatchBody Read(byte[] json)
    {
        try
        {
            using var sent = JsonDocument.Parse(json, Strict);
            return sent.RootElement.ValueKind is JsonValueKind.Array && sent.RootElement.EnumerateArray().All(IsOperation)
                && sent.RootElement.GetArrayLength() <= MaxOperations
                && sent.RootElement.EnumerateArray().Count(o => o.GetProperty("op").ValueEquals("copy")) <= MaxCopies
                ? new PatchBody(json)
                : Refused(400, IssueType.Structure,
                    $"Dit is geen JSON Patch: een lijst van hoogstens {MaxOperations} bewerkingen met op, path en (waar nodig) value of from.");
        }
        catch (JsonException e)
        {
            return Refused(400, IssueType.Structure, $"Dit is geen geldige JSON (regel {e.LineNumber + 1}).");
        }
    }

    private static bool IsOperation(JsonElement operation) => operation.ValueKind is JsonValueKind.Object
        && Text(operation, "op") is { } op && Operations.Contains(op) && IsPointer(Text(operation, "path"))
        && (op is not ("add" or "replace" or "test") || operation.TryGetProperty("value", out _))
        && (op is not ("move" or "copy") || IsPointer(Text(operation, "from")));

    private static bool IsPointer(string? path) => path is ['/', ..];

    private static string? Text(JsonElement operation, string name) =>
        operation.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static PatchBody Refused(int status, IssueType code, string text) =>
        new([], FhirResult.Refused(status, Finding.Error(code, null, text)));
}

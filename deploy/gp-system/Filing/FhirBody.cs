using System.Reflection;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.GpSystem.Filing;

/// <summary>The resource in a request, or the answer that refuses it.</summary>
internal sealed record FhirBody<T>(T? Resource, FhirAnswer? Refusal)
    where T : Resource
{
    private const int AtMost = 20_000_000;

    public static async ValueTask<FhirBody<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (context.Request.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) is not true)
        {
            return Refuse(415, IssueType.NotSupported, "Send application/fhir+json.");
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.Length > AtMost ? Refuse(413, IssueType.TooLong, "At most 20 MB.") : Read(body.GetBuffer().AsSpan(0, (int)body.Length));
    }

    private static FhirBody<T> Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            FhirJsonDeserializer.OSTRICH.TryDeserializeResource(ref reader, out var resource, out _);
            return resource is T wanted ? new(wanted, null) : Refuse(400, IssueType.Structure, $"The body is no {typeof(T).Name}.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return Refuse(400, IssueType.Structure, "The body is no FHIR JSON.");
        }
    }

    private static FhirBody<T> Refuse(int status, IssueType code, string text) => new(null, FhirAnswer.Refused(status, code, text));
}

using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace VGIntegration.Fhir;

/// <summary>FHIR R4 as JSON, in one way for all services.</summary>
public static class FhirJson
{
    /// <summary>The media type of FHIR R4 section 3.1.0.1.11.</summary>
    public const string MediaType = "application/fhir+json";

    /// <summary>The settings that let System.Text.Json write and read FHIR resources.</summary>
    public static JsonSerializerOptions Options { get; } =
        new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector);

    /// <summary>A resource as UTF-8 JSON.</summary>
    public static byte[] Write(Resource resource) => JsonSerializer.SerializeToUtf8Bytes<Base>(resource, Options);
}

using System.Collections.Frozen;
using VGIntegration.Fhir;

namespace VGIntegration.Feedback.Monitoring.Exporting;

/// <summary>The Questionnaire and its code systems, for everybody, exactly as in contracts/fhir/definitions.</summary>
internal static class PublishedDefinitions
{
    private const string Folder = "definitions/";

    private static readonly FrozenDictionary<string, byte[]> Files = Read();

    public static void MapPublishedDefinitions(this IEndpointRouteBuilder app) => app.MapGet(
        "/feedback/fhir/{type}/{id}",
        (string type, string id) => Files.GetValueOrDefault($"{type}/{id}") is { } file ? Results.Bytes(file, FhirJson.MediaType) : Results.NotFound())
        .AllowAnonymous();

    private static FrozenDictionary<string, byte[]> Read()
    {
        var assembly = typeof(PublishedDefinitions).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).ToFrozenDictionary(
            name => $"{(name is $"{Folder}monitoringsformulier" ? "Questionnaire" : "CodeSystem")}/{name[Folder.Length..]}",
            name =>
            {
                using var file = assembly.GetManifestResourceStream(name)!;
                using var memory = new MemoryStream();
                file.CopyTo(memory);
                return memory.ToArray();
            });
    }
}

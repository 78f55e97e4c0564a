using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using VGIntegration.Fhir;
using VGIntegration.Surroundings;

namespace VGIntegration.Contracts.Tests;

public sealed class FhirTests
{
    public static TheoryData<string> Examples => new(Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "contracts/fhir/examples")).Select(f => Path.GetFileName(f)));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_FHIR_R4_to_the_letter(string file)
    {
        var json = File.ReadAllBytes(Path.Combine(Repository.Root, "contracts/fhir/examples", file));
        var reader = new Utf8JsonReader(json);

        FhirJsonDeserializer.STRICT.TryDeserializeResource(ref reader, out var resource, out var issues);

        Assert.Empty(issues.Select(i => i.Message));
        Assert.NotNull(resource);
    }

    [Fact]
    public void Our_own_canonicals_start_with_one_base()
    {
        string[] own = [CodeSystems.RequestedService, CodeSystems.Criterion, CodeSystems.BusinessStatus, CodeSystems.DocumentCategory];

        Assert.All(own, system => Assert.StartsWith($"{CodeSystems.Base}/CodeSystem/", system, StringComparison.Ordinal));
    }

    [Fact]
    public void A_resource_is_written_as_UTF8_without_loss()
    {
        var written = FhirJson.Write(new Patient { Name = [new HumanName { Family = "Zoë-Çelik" }] });

        Assert.Contains("Zoë-Çelik", Encoding.UTF8.GetString(written).Replace("\\u00EB", "ë", StringComparison.Ordinal).Replace("\\u00C7", "Ç", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using VGIntegration.Fhir;
using VGIntegration.Surroundings;

namespace VGIntegration.Contracts.Tests;

public sealed class FhirTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "contracts/fhir");

    public static TheoryData<string> Examples => new(new[] { "examples", "profiles", "definitions" } // examples/bad is wrong on purpose
        .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Folder, f), "*.json")).Select(f => Path.GetRelativePath(Folder, f)));

    public static TheoryData<string> Profiles => new(Directory.EnumerateFiles(Path.Combine(Folder, "profiles")).Select(f => Path.GetFileName(f)));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_FHIR_R4_to_the_letter(string file)
    {
        var json = File.ReadAllBytes(Path.Combine(Folder, file));
        var reader = new Utf8JsonReader(json);

        FhirJsonDeserializer.STRICT.TryDeserializeResource(ref reader, out var resource, out var issues);

        Assert.Empty(issues.Select(i => i.Message));
        Assert.NotNull(resource);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void What_is_published_stands_under_our_base_with_the_name_of_its_file(string file)
    {
        var resource = JsonNode.Parse(File.ReadAllBytes(Path.Combine(Folder, "profiles", file)))!;

        Assert.Equal($"{resource["resourceType"]}-{resource["id"]}.json", file);
        Assert.Equal($"{CodeSystems.Base}/{resource["resourceType"]}/{resource["id"]}", (string?)resource["url"]);
    }

    [Fact]
    public void Our_own_canonicals_start_with_one_base()
    {
        string[] own =
        [
            CodeSystems.RequestedService, CodeSystems.Criterion, CodeSystems.BusinessStatus, CodeSystems.DocumentCategory, CodeSystems.Action,
            CodeSystems.ResidentTurn, CodeSystems.ConversationPlace, CodeSystems.ConversationSetting, CodeSystems.ConversationCompany, CodeSystems.NextStep,
        ];

        Assert.All(own, system => Assert.StartsWith($"{CodeSystems.Base}/CodeSystem/", system, StringComparison.Ordinal));
    }

    [Fact]
    public void A_resource_is_written_as_UTF8_without_loss()
    {
        var written = FhirJson.Write(new Patient { Name = [new HumanName { Family = "Zoë-Çelik" }] });

        Assert.Contains("Zoë-Çelik", Encoding.UTF8.GetString(written).Replace("\\u00EB", "ë", StringComparison.Ordinal).Replace("\\u00C7", "Ç", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}

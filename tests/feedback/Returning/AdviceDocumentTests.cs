using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using VGIntegration.Feedback.Returning;
using VGIntegration.Fhir;
using VGIntegration.Surroundings;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace VGIntegration.Feedback.Tests.Returning;

public sealed class AdviceDocumentTests
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Guid Id = Guid.Parse("5d2f6a4e-0000-4000-8000-00000000e001");

    [Fact]
    public async Task The_example_of_the_agreement_is_what_is_sent()
    {
        var sent = JsonNode.Parse(FhirJson.Write(Document()))!;
        var file = Path.Combine(Repository.Root, "contracts/fhir/examples/document-reference.json");

        if (Environment.GetEnvironmentVariable("VG_WRITE_EXAMPLES") is not null)
        {
            await File.WriteAllTextAsync(file, sent.ToJsonString(Readable) + "\n");
        }

        var example = JsonNode.Parse(await File.ReadAllTextAsync(file))!;

        Assert.True(JsonNode.DeepEquals(sent, example), $"{file} differs from what is sent:\n{sent}");
    }

    [Fact]
    public void The_attachment_carries_the_size_and_the_hash_of_its_bytes()
    {
        var attachment = Document().Content[0].Attachment;

        Assert.Equal(attachment.Data!.Length, attachment.SizeUnsignedInt);
#pragma warning disable CA5350 // FHIR R4: Attachment.hash is the SHA-1 of the raw bytes
        Assert.Equal(SHA1.HashData(attachment.Data!), attachment.Hash);
#pragma warning restore CA5350
        Assert.Equal(("application/pdf", "nl-NL"), (attachment.ContentType, attachment.Language));
    }

    [Fact]
    public void It_answers_the_referral_and_names_both_authors_and_their_organisations()
    {
        var document = Document();

        Assert.Equal("V-2026-000123", document.Context!.Related[0].Identifier!.Value);
        Assert.Equal(4, document.Author.Count);
        var contained = document.Contained.Select(c => $"#{c.Id}").ToHashSet();
        Assert.All(document.Author.Append(document.Custodian!), a => Assert.Contains(a.Reference!, contained));
        Assert.Equal("DocumentReference", JsonSerializer.Deserialize<Resource>(FhirJson.Write(document), FhirJson.Options)!.TypeName);
    }

    [Theory]
    [InlineData("01999999", true)]
    [InlineData(null, false)]
    public void The_number_of_the_resident_is_for_a_care_provider_alone(string? agb, bool hasBsn)
    {
        var document = Document(agb);

        Assert.Equal(hasBsn, document.Subject!.Identifier?.Value == FeedbackHost.Bsn);
        Assert.Equal(FeedbackHost.Resident, document.Subject.Display);
    }

    private static DocumentReference Document(string? agb = "01999999") => AdviceDocument.Of(Id, Examples.ALetter(agb: agb));
}

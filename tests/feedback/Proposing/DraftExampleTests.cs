using System.Text.Json;
using System.Text.Json.Nodes;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Proposing;
using VGIntegration.Fhir;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.Proposing;

public sealed class DraftExampleTests
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_example_of_the_agreement_is_what_is_sent()
    {
        var letterId = Guid.Parse("5d2f6a4e-0000-4000-8000-00000000e001");
        var letter = Examples.ALetter(proposed: new() { Care = ProposedCare.BasicCare, Reason = "Paniek die na hulp van de POH is gebleven." });
        var file = Path.Combine(Repository.Root, "contracts/fhir/examples/draft-referral.json");

        var sent = JsonNode.Parse(FhirJson.Write(ProposedDraft.Of(
            letterId, letter.Edition, letter.Advice.ReferralId, letter.Recipient, $"DocumentReference/{letterId}", null)))!;
        if (Environment.GetEnvironmentVariable("VG_WRITE_EXAMPLES") is not null)
        {
            await File.WriteAllTextAsync(file, sent.ToJsonString(Readable) + "\n");
        }

        var example = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        Assert.True(JsonNode.DeepEquals(sent, example), $"{file} differs from what is sent:\n{sent}");
    }
}

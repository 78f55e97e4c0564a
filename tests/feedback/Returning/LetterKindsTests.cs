using VGIntegration.Hosting;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.Returning;

public sealed class LetterKindsTests
{
    [Theory]
    [InlineData("Put", "51852-2", "http://his.example.nl/soort|advies")]
    [InlineData("Document", "11488-4", "http://his.example.nl/soort|advies")]
    [InlineData("Put", null, null)]
    public async Task A_practice_files_the_letter_as_its_own_kind(string mode, string? type, string? category)
    {
        await using var feedback = await FeedbackHost.Start(
            $"--Practices:{Examples.PracticeId}:LetterType={type}", $"--Practices:{Examples.PracticeId}:LetterCategory={category}");
        await using var practice = await PracticeStub.Start();

        var referralId = await feedback.ASignedAdvice(practice.FhirBase, mode);
        await feedback.Settles(referralId, TimeSpan.FromSeconds(1));

        var letter = System.Text.Json.Nodes.JsonNode.Parse(Assert.Single(practice.Requests).Body)!;
        letter = mode is "Document" ? letter["entry"]![0]!["resource"]! : letter; // the composition
        var filed = letter["category"]![0]!["coding"]![0]!;
        Assert.Equal(type ?? "56444-3", (string?)letter["type"]!["coding"]![0]!["code"]);
        Assert.Equal(category ?? "https://vgintegration.nl/fhir/CodeSystem/documentsoort|advies-verkennend-gesprek", $"{filed["system"]}|{filed["code"]}");
    }

    [Theory]
    [InlineData("LetterType", "12345-6", "Use 56444-3, 51852-2 or 11488-4")]
    [InlineData("LetterCategory", "advies", "Use a system and a code")]
    public async Task A_kind_that_is_none_stops_the_start_with_one_clear_line(string setting, string value, string says)
    {
        var stopped = await Assert.ThrowsAsync<SettingException>(() => FeedbackHost.Start($"--Practices:een:{setting}={value}"));

        Assert.Contains($"Practices:een:{setting} is '{value}'. {says}", stopped.Message, StringComparison.Ordinal);
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Judging;

public sealed class ValidateReferralTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private const string Address = "/fhir/ServiceRequest/$validate";

    [Theory]
    [InlineData("transaction-bundle")]
    [InlineData("service-request")]
    [InlineData("message-bundle")]
    [InlineData("bad/status-not-active")]
    [InlineData("bad/priority-urgent")]
    public async Task The_judgement_of_validate_is_that_of_sending_and_nothing_is_stored(string example)
    {
        using var gp = intake.GpSystem();
        var sent = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, $"contracts/fhir/examples/{example}.json"), TestContext.Current.CancellationToken))!;
        var before = await intake.InDatabase(db => db.Referrals.CountAsync());

        var bare = await gp.PostFhir(Address, sent);
        var inside = await gp.PostFhir(Address, new JsonObject
        {
            ["resourceType"] = "Parameters",
            ["parameter"] = new JsonArray(new JsonObject { ["name"] = "resource", ["resource"] = sent.DeepClone() }),
        });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (bare.StatusCode, inside.StatusCode));
        var told = await bare.Issues();
        Assert.Equal(told, await inside.Issues());
        Assert.Equal(example.Contains("not-active", StringComparison.Ordinal), told.Any(i => i.StartsWith("error", StringComparison.Ordinal)));
        Assert.Equal(before, await intake.InDatabase(db => db.Referrals.CountAsync()));
    }

    [Theory]
    [InlineData("""{"resourceType":"Parameters"}""", 400)]
    [InlineData("""{"resourceType":"Patient"}""", 200)]
    [InlineData("[]", 400)]
    public async Task What_is_no_referral_is_told_as_such(string body, int status)
    {
        using var gp = intake.GpSystem();

        var answer = await gp.PostFhir(Address, body);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.StartsWith("error", (await answer.Issues())[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_untidy_inside_Parameters_is_told_at_its_place_in_the_referral()
    {
        using var gp = intake.GpSystem();

        var answer = await gp.PostFhir(Address, """{"resourceType":"Parameters","parameter":[{"name":"resource","resource":{"resourceType":"ServiceRequest","status":"active","colour":"red"}}]}""");

        Assert.Contains("warning value ServiceRequest.colour", await answer.Issues());
    }
}

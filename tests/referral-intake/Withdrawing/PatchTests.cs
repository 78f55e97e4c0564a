using System.Net;

namespace VGIntegration.ReferralIntake.Tests.Withdrawing;

public sealed class PatchTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    [Fact]
    public async Task A_patch_changes_what_it_names_and_nothing_else()
    {
        var sent = await SentReferral.Send(intake);
        var before = await sent.Read();

        var answer = await sent.Patch("""[{"op":"test","path":"/status","value":"active"},{"op":"add","path":"/priority","value":"urgent"}]""");

        Assert.Equal((HttpStatusCode.OK, "W/\"2\""), (answer.StatusCode, answer.Headers.ETag!.ToString()));
        var after = await sent.Read();
        Assert.Equal("urgent", (string?)after["priority"]);
        Assert.All([before, after], r => Assert.True(r.Remove("meta")));
        after.Remove("priority");
        Assert.Equal(before.ToJsonString(), after.ToJsonString());
    }

    [Fact]
    public async Task A_patch_withdraws()
    {
        var sent = await SentReferral.Send(intake);

        await sent.Patch("""[{"op":"replace","path":"/status","value":"revoked"}]""");

        Assert.Equal("revoked cancelled ingetrokken-door-verwijzer", await sent.Status());
    }

    [Theory]
    [InlineData("""[{"op":"test","path":"/status","value":"draft"},{"op":"replace","path":"/status","value":"revoked"}]""", 422, "error processing ")]
    [InlineData("""[{"op":"remove","path":"/nothere"}]""", 422, "error processing ")]
    [InlineData("""[{"op":"remove","path":"/contained/9"}]""", 422, "error processing ")]
    [InlineData("""[{"op":"add","path":"/contained/x","value":{}}]""", 422, "error processing ")]
    [InlineData("""[{"op":"replace","path":"/id","value":"another"}]""", 422, "error value ServiceRequest.id")]
    [InlineData("""[{"op":"remove","path":"/resourceType"}]""", 422, "error value ServiceRequest.id")]
    [InlineData("""[{"op":"remove","path":"/subject"}]""", 422, "error required ServiceRequest.subject")]
    [InlineData("""[{"op":"replace","path":"/status","value":"completed"}]""", 422, "error business-rule ServiceRequest.status")]
    [InlineData("""[{"op":"replace","path":"/status","value":{"x":1}}]""", 422, "error required ServiceRequest.status")]
    [InlineData("""[{"op":"bogus","path":"/status"}]""", 400, "error structure ")]
    [InlineData("""[{"path":"/status","value":"revoked"}]""", 400, "error structure ")]
    [InlineData("""[{"op":"replace","path":"","value":{}}]""", 400, "error structure ")]
    [InlineData("""[{"op":"replace","path":"/status"}]""", 400, "error structure ")]
    [InlineData("""[{"op":"copy","path":"/status"}]""", 400, "error structure ")]
    [InlineData("""[null]""", 400, "error structure ")]
    [InlineData("""{}""", 400, "error structure ")]
    [InlineData("""[""", 400, "error structure ")]
    public async Task A_patch_that_does_not_fit_changes_nothing(string operations, int status, string issue)
    {
        var sent = await SentReferral.Send(intake);

        var answer = await sent.Patch(operations);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(issue, await answer.Issues());
        Assert.Equal("1", (string?)(await sent.Read())["meta"]!["versionId"]);
    }

    [Fact]
    public async Task A_patch_that_doubles_again_and_again_is_refused()
    {
        var sent = await SentReferral.Send(intake);
        var bomb = string.Join(',', Enumerable.Repeat("""{"op":"copy","from":"/contained","path":"/contained/-"}""", 40));

        Assert.Equal(HttpStatusCode.BadRequest, (await sent.Patch($"[{bomb}]")).StatusCode);
    }

    [Theory]
    [InlineData("application/fhir+json")]
    [InlineData("application/merge-patch+json")]
    public async Task Another_kind_of_patch_is_told_what_can_be_sent(string mediaType)
    {
        var sent = await SentReferral.Send(intake);

        var answer = await sent.Patch("""{ "resourceType": "Parameters" }""", mediaType: mediaType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal(["error not-supported "], await answer.Issues());
    }

    [Fact]
    public async Task A_patch_is_at_most_a_megabyte()
    {
        var sent = await SentReferral.Send(intake);

        var answer = await sent.Patch($$"""[{"op":"add","path":"/note","value":"{{new string('x', 1_100_000)}}"}]""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(["error too-long "], await answer.Issues());
    }
}

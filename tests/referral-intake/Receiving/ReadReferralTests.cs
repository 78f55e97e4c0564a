using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Receiving;

public sealed class ReadReferralTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    [Fact]
    public async Task A_practice_reads_back_what_it_sent_and_the_look_is_in_the_audit()
    {
        using var gp = intake.GpSystem();
        var sent = await gp.PostFhir("/fhir", ReferralMessage.Bundle("R1"));

        var back = await gp.GetAsync(sent.Headers.Location, TestContext.Current.CancellationToken);

        var request = await back.Json();
        Assert.Equal("R1", (string?)request["identifier"]![0]!["value"]);
        Assert.Contains(request["contained"]!.AsArray(), r => (string?)r!["name"]?[0]?["family"] == "Testpersoon");
        var looked = $"Referral/{sent.Headers.Location!.Segments[^1]}";
        Assert.Equal(["C", "R"], await intake.InDatabase(db => db.Audit.Where(a => a.What == looked).OrderBy(a => a.Action).Select(a => a.Action).ToListAsync()));
    }

    [Fact]
    public async Task The_referral_of_another_practice_does_not_exist()
    {
        using var bridge = intake.GpSystem();
        using var harbour = intake.GpSystem(IntakeHost.Harbour);
        var sent = await bridge.PostFhir("/fhir", ReferralMessage.Bundle("R2"));
        var id = sent.Headers.Location!.Segments[^1];

        var request = await harbour.GetAsync(sent.Headers.Location, TestContext.Current.CancellationToken);
        var unknown = await harbour.GetAsync(new Uri($"/fhir/ServiceRequest/{Guid.NewGuid()}", UriKind.Relative), TestContext.Current.CancellationToken);
        var tasks = await harbour.GetAsync(new Uri($"/fhir/Task?focus=ServiceRequest/{id}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (request.StatusCode, unknown.StatusCode));
        Assert.Equal(await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await request.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, (int)(await tasks.Json())["total"]!);
    }

    [Theory]
    [InlineData("POST", "/fhir")]
    [InlineData("POST", "/fhir/ServiceRequest")]
    [InlineData("GET", "/fhir/ServiceRequest/x")]
    [InlineData("GET", "/fhir/Task")]
    [InlineData("GET", "/fhir/Observation")]
    [InlineData("GET", "/internal/referrals/3f2504e0-4f89-41d3-9a0c-0305e82c3301/contact")]
    public async Task Without_a_token_there_is_nothing_to_see(string method, string path)
    {
        using var stranger = intake.App.Stranger();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var answer = await stranger.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_of_no_practice_is_forbidden()
    {
        using var nobody = intake.App.WithToken("nobody", "system/ServiceRequest.cruds");
        using var withoutScope = intake.App.WithToken(IntakeHost.Bridge, "profile");

        var answers = new[] { await nobody.PostFhir("/fhir", "{}"), await withoutScope.PostFhir("/fhir", "{}") };

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Forbidden, a.StatusCode));
        Assert.Equal(["error forbidden "], await answers[0].Issues());
    }

    [Theory]
    [InlineData("GET", "/fhir/Observation", 404)]
    [InlineData("DELETE", "/fhir/ServiceRequest/x", 405)]
    [InlineData("GET", "/fhir/Task?nonsense=1", 400)]
    public async Task What_is_not_offered_is_refused_as_an_OperationOutcome(string method, string path, int status)
    {
        using var gp = intake.GpSystem();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var answer = await gp.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains("not-supported", Assert.Single(await answer.Issues()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_metadata_tells_what_is_really_routed()
    {
        using var stranger = intake.App.Stranger();

        var statement = await (await stranger.GetAsync(new Uri("/fhir/metadata", UriKind.Relative), TestContext.Current.CancellationToken)).Json();

        var resources = statement["rest"]![0]!["resource"]!.AsArray().Select(r => $"{r!["type"]}: {string.Join(' ', r["interaction"]!.AsArray().Select(i => i!["code"]))}");
        Assert.Equal(
            ["ServiceRequest: create read history-instance vread update patch search-type", "Bundle: create", "Task: read history-instance vread create search-type",
            "DocumentReference: search-type create read", "Binary: create read", "Subscription: create search-type read update delete"],
            resources);
    }
}

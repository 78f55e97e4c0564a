using System.Net;
using System.Text.Json.Nodes;

namespace VGIntegration.ReferralIntake.Tests.Identity;

/// <summary>The built-in authority, with nothing replaced.</summary>
public sealed class TokenEndpointTests
{
    [Fact]
    public async Task The_demo_practice_gets_a_token_with_which_it_can_refer()
    {
        await using var intake = await AuthorityHost.With("--demo");

        var token = await Ask(intake, "demo-practice", "demo", null);

        using var gp = Client(intake);
        gp.DefaultRequestHeaders.Authorization = new("Bearer", (string)token["access_token"]!);
        Assert.InRange((int)token["expires_in"]!, 290, 300); // whole seconds, some of which have passed
        Assert.Equal(HttpStatusCode.Created, (await gp.PostFhir("/fhir", ReferralMessage.Bundle("T1"))).StatusCode);
    }

    [Theory]
    [InlineData("demo-practice", "wrong", null, "invalid_client")]
    [InlineData("nobody", "demo", null, "invalid_client")]
    [InlineData("demo-practice", "demo", "referral.contact", "invalid_scope")]
    [InlineData("planning", "planning-secret", "system/ServiceRequest.cruds", "invalid_scope")]
    [InlineData("planning", "planning-secret", "referral.recipient", "invalid_scope")]
    public async Task Nobody_gets_a_token_for_what_is_not_theirs(string client, string secret, string? scope, string error)
    {
        await using var intake = await AuthorityHost.With("--demo");

        var answer = await Ask(intake, client, secret, scope);

        Assert.Equal(error, (string?)answer["error"]);
    }

    [Fact]
    public async Task Without_the_demo_there_is_no_demo_client_and_no_log_in()
    {
        await using var intake = await AuthorityHost.With();
        using var stranger = Client(intake);

        var token = await Ask(intake, "demo-practice", "demo", null);
        var page = await stranger.GetStringAsync(new Uri("/connect/log-in", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("invalid_client", (string?)token["error"]);
        Assert.DoesNotContain("Wachtwoord", page, StringComparison.Ordinal);
    }

    private static HttpClient Client(AuthorityHost intake) => new() { BaseAddress = intake.Address };

    private static async Task<JsonNode> Ask(AuthorityHost intake, string client, string secret, string? scope)
    {
        using var http = Client(intake);
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = client, ["client_secret"] = secret };
        if (scope is not null)
        {
            form["scope"] = scope;
        }

        return await (await http.PostAsync(new Uri("/connect/token", UriKind.Relative), new FormUrlEncodedContent(form))).Json();
    }
}

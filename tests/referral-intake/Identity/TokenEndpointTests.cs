using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Identity;

/// <summary>The built-in authority, with nothing replaced.</summary>
public sealed class TokenEndpointTests
{
    [Fact]
    public async Task The_demo_practice_gets_a_token_with_which_it_can_refer()
    {
        await using var intake = await AnIntake("--demo");

        var token = await Ask(intake, "demo-practice", "demo", null);

        using var gp = Client(intake);
        gp.DefaultRequestHeaders.Authorization = new("Bearer", (string)token["access_token"]!);
        Assert.InRange((int)token["expires_in"]!, 290, 300); // whole seconds, some of which have passed
        Assert.Equal(HttpStatusCode.Created, (await gp.PostFhir("/fhir", ReferralMessage.Bundle("T1"))).StatusCode);
        await intake.StopAsync();
    }

    [Theory]
    [InlineData("demo-practice", "wrong", null, "invalid_client")]
    [InlineData("nobody", "demo", null, "invalid_client")]
    [InlineData("demo-practice", "demo", "referral.contact", "invalid_scope")]
    [InlineData("planning", "planning-secret", "system/ServiceRequest.cruds", "invalid_scope")]
    [InlineData("planning", "planning-secret", "referral.recipient", "invalid_scope")]
    public async Task Nobody_gets_a_token_for_what_is_not_theirs(string client, string secret, string? scope, string error)
    {
        await using var intake = await AnIntake("--demo");

        var answer = await Ask(intake, client, secret, scope);

        Assert.Equal(error, (string?)answer["error"]);
        await intake.StopAsync();
    }

    [Fact]
    public async Task Without_the_demo_there_is_no_demo_client_and_no_log_in()
    {
        await using var intake = await AnIntake();
        using var stranger = Client(intake);

        var token = await Ask(intake, "demo-practice", "demo", null);
        var page = await stranger.GetStringAsync(new Uri("/connect/log-in", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("invalid_client", (string?)token["error"]);
        Assert.DoesNotContain("Wachtwoord", page, StringComparison.Ordinal);
        await intake.StopAsync();
    }

    private static async Task<WebApplication> AnIntake(params string[] more)
    {
        var address = $"http://127.0.0.1:{Sandbox.FreePort()}";
        var app = Program.Create(
        [
            $"--urls={address}", $"--data={Sandbox.Folder("identity")}", $"--Authentication:Authority={address}", "--Authentication:BuiltIn=true",
            "--Identity:Clients:planning:Secret=planning-secret", .. more,
        ]);
        await app.StartAsync();
        return app;
    }

    private static HttpClient Client(WebApplication app) => new() { BaseAddress = app.Address() };

    private static async Task<JsonNode> Ask(WebApplication app, string client, string secret, string? scope)
    {
        using var http = Client(app);
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = client, ["client_secret"] = secret };
        if (scope is not null)
        {
            form["scope"] = scope;
        }

        return await (await http.PostAsync(new Uri("/connect/token", UriKind.Relative), new FormUrlEncodedContent(form))).Json();
    }
}

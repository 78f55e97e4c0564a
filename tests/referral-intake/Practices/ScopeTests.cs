using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Practices;

public sealed class ScopeTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    [Theory]
    [InlineData("system/Task.rs", 's', true)]
    [InlineData("openid system/ServiceRequest.c system/Task.cruds", 'u', true)]
    [InlineData("system/*.rs", 'r', true)]
    [InlineData("system/Task.read", 's', true)]
    [InlineData("system/Task.write", 'd', true)]
    [InlineData("system/*.*", 'c', true)]
    [InlineData("system/Task.r", 's', false)]
    [InlineData("system/Task.read", 'u', false)]
    [InlineData("system/Task.write", 'r', false)]
    [InlineData("system/Tas.rs", 's', false)]
    [InlineData("system/Task.sr", 's', false)]
    [InlineData("system/Task.rs?status=requested", 's', false)]
    [InlineData("system/task.rs", 's', false)]
    [InlineData("user/Task.rs", 's', false)]
    [InlineData("system/.rs", 's', false)]
    [InlineData("system/Task.", 's', false)]
    [InlineData("", 's', false)]
    public void A_scope_allows_what_it_says_and_no_more(string granted, char interaction, bool allows)
    {
        Assert.Equal(allows, new Scope("Task", interaction).IsIn(granted));
    }

    [Theory]
    [InlineData("system/Task.rs", "system/Task.cruds", true)]
    [InlineData("system/Task.read", "system/*.rs", true)]
    [InlineData("system/*.rs", "system/Task.rs", false)]
    [InlineData("system/Task.cruds", "system/Task.rs", false)]
    [InlineData("openid", "system/*.cruds", false)]
    public void What_is_asked_must_be_within_what_was_registered(string asked, string registered, bool isWithin)
    {
        Assert.Equal(isWithin, Scope.IsWithin(asked, registered));
    }

    [Fact]
    public async Task The_refusal_names_the_scope_that_is_missing()
    {
        using var gp = intake.App.WithToken(IntakeHost.Bridge, "system/ServiceRequest.cruds");

        var answer = await gp.GetAsync(new Uri("/fhir/Task", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("system/Task.s", (await answer.Json()).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_without_the_scope_is_refused_before_it_is_read()
    {
        using var gp = intake.App.WithToken(IntakeHost.Bridge, "system/ServiceRequest.rs");

        var answer = await gp.PostFhir("/fhir", "this is no FHIR");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_route_that_does_not_say_what_it_needs_stops_the_start()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGroup("/fhir").ForPractices().MapGet("/Task", () => "");

        var start = Assert.Throws<InvalidOperationException>(() => ((IEndpointRouteBuilder)app).DataSources.Single().Endpoints);

        Assert.Contains("/fhir/Task", start.Message, StringComparison.Ordinal);
    }
}

using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Http;

public sealed class ApiDocumentTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    [Fact]
    public async Task The_document_describes_every_route_of_the_FHIR_API_with_the_scope_it_needs()
    {
        using var stranger = intake.App.Stranger();
        var routed = intake.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PracticesOnly>() is not null)
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText!.TrimEnd('/')}".ToUpperInvariant()));

        var document = await (await stranger.GetAsync(new Uri("/fhir/openapi.json", UriKind.Relative), TestContext.Current.CancellationToken)).Json();

        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Where(operation => operation.Value!["security"] is not null)
            .Select(operation => $"{operation.Key} {path.Key.TrimEnd('/')}".ToUpperInvariant()));
        Assert.Equal(routed.Distinct().Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_says_what_it_is_for()
    {
        using var stranger = intake.App.Stranger();

        var document = await (await stranger.GetAsync(new Uri("/fhir/openapi.json", UriKind.Relative), TestContext.Current.CancellationToken)).Json();

        Assert.All(
            document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()),
            operation => Assert.NotEqual("", (string?)operation.Value!["summary"] ?? ""));
    }

    [Fact]
    public async Task The_page_shows_it_without_anything_from_elsewhere()
    {
        using var stranger = intake.App.Stranger();

        var answer = await stranger.GetAsync(new Uri("/fhir/docs/", UriKind.Relative), TestContext.Current.CancellationToken);

        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("fhir/openapi.json", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
    }
}

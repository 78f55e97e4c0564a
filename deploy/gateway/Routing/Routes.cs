using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;

namespace VGIntegration.Gateway.Routing;

/// <summary>Requests go to the service of their first path segment, with the outer host and scheme in X-Forwarded-*.</summary>
internal static class Routes
{
    private const long Much = 1_000_000;

    public static void AddRoutes(this WebApplicationBuilder builder, Places places)
    {
        builder.Services.AddSingleton(places);
        builder.Services.AddReverseProxy().LoadFromMemory(
            [.. places.All.SelectMany(place => place.Paths.Select(path => Route(place, path)))],
            [.. places.All.Select(Cluster)])
            .AddTransforms(all =>
            {
                all.AddRequestTransform(AskBeforeSendingMuch);
                all.AddClientCertHeader("X-Client-Certificate"); // and takes away what a client put there itself
            });
        builder.Services.AddHttpClient(nameof(IsReady), http => http.Timeout = TimeSpan.FromSeconds(4));
        foreach (var place in places.All)
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                place.Name, s => new IsReady(s.GetRequiredService<IHttpClientFactory>(), place.Address), null, ["ready"]));
        }

        if (builder.Configuration.GetValue<bool>("Gateway:ClientCertificates"))
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate(); // intake judges it, per practice
            }));
        }

        // Intake judges how large a message may be, and says so in FHIR.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
    }

    // A service that refuses a message for its size says so before it is sent, instead of hanging up half way (RFC 9110, 10.1.1).
    private static ValueTask AskBeforeSendingMuch(RequestTransformContext context)
    {
        context.ProxyRequest.Headers.ExpectContinue = context.HttpContext.Request.ContentLength > Much ? true : null;
        return ValueTask.CompletedTask;
    }

    private static RouteConfig Route(Place place, string path) => new()
    {
        RouteId = $"{place.Name}{path}",
        ClusterId = place.Name,
        Match = new RouteMatch { Path = $"{path}/{{**rest}}" },
    };

    private static ClusterConfig Cluster(Place place) => new()
    {
        ClusterId = place.Name,
        Destinations = new Dictionary<string, DestinationConfig> { [place.Name] = new() { Address = place.Address.ToString() } },
    };

    private sealed class IsReady(IHttpClientFactory http, Uri service) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                using var client = http.CreateClient(nameof(IsReady));
                using var answer = await client.GetAsync(new Uri(service, "health/ready"), cancellationToken);
                return answer.IsSuccessStatusCode ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy();
            }
        }
    }
}

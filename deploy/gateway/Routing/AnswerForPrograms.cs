using Yarp.ReverseProxy.Forwarder;

namespace VGIntegration.Gateway.Routing;

/// <summary>A service behind the gateway gave no answer: a GP system hears so in FHIR, and when to come back.</summary>
internal static class AnswerForPrograms
{
    private const string Outcome = """
        {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"transient","details":{"text":"De dienst is even niet bereikbaar. Stuur hetzelfde bericht over een halve minuut opnieuw; het komt niet dubbel aan."}}]}
        """;

    public static void UseAnswerForPrograms(this WebApplication app) => app.Use(Handle);

    private static async Task Handle(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Response.HasStarted || http.Features.Get<IForwarderErrorFeature>() is null || http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = "30";
        if (http.Request.Path.StartsWithSegments("/fhir"))
        {
            http.Response.ContentType = "application/fhir+json; charset=utf-8";
            await http.Response.WriteAsync(Outcome, http.RequestAborted);
        }
    }
}

using Hl7.Fhir.Model;
using VGIntegration.Hosting;
using static Hl7.Fhir.Model.CapabilityStatement;

namespace VGIntegration.ReferralIntake.Http;

/// <summary>GET /fhir/metadata: what can be asked here, read from the routes themselves.</summary>
internal static class Capabilities
{
    private static readonly Dictionary<string, CapabilityStatement.SearchParamComponent[]> SearchParameters = new()
    {
        ["Task"] =
        [
            new() { Name = "focus", Type = SearchParamType.Reference },
            new() { Name = "_id", Type = SearchParamType.Token },
        ],
    };

    public static void MapCapabilities(this IEndpointRouteBuilder fhir) => fhir.MapGet("/metadata", Handle).AllowAnonymous();

    private static FhirResult Handle(HttpContext http, EndpointDataSource endpoints, IConfiguration settings, TimeProvider clock)
    {
        var routes = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith("/fhir", StringComparison.Ordinal) is true)
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(method => (Method: method, Parts: e.RoutePattern.RawText!.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..])))
            .ToList();
        var statement = new CapabilityStatement
        {
            Status = PublicationStatus.Active,
            Kind = CapabilityStatementKind.Instance,
            FhirVersion = FHIRVersion.N4_0_1,
            Format = ["json", "xml"],
            DateElement = new FhirDateTime(clock.GetUtcNow()),
            Software = new SoftwareComponent { Name = "VGIntegration" },
            Implementation = new ImplementationComponent
            {
                Description = "Verwijzen voor een verkennend gesprek",
                Url = $"{http.Request.Scheme}://{http.Request.Host}/fhir",
            },
            Rest =
            [
                new RestComponent
                {
                    Mode = RestfulCapabilityMode.Server,
                    Security = Security(settings["Authentication:Authority"]!),
                    Resource = [.. routes.Where(r => r.Parts is [var type, ..] && char.IsUpper(type[0]))
                        .GroupBy(r => r.Parts[0]).Select(Resource)],
                    Interaction = [.. routes.Where(r => r is { Method: "POST", Parts.Length: 0 })
                        .Select(_ => new SystemInteractionComponent { Code = SystemRestfulInteraction.Transaction }).Take(1)],
                },
            ],
        };
        return new FhirResult(200, statement);
    }

    private static ResourceComponent Resource(IGrouping<string, (string Method, string[] Parts)> routes) => new()
    {
        Type = routes.Key,
        Versioning = ResourceVersionPolicy.Versioned,
        Interaction = [.. routes.Select(r => (r.Method, r.Parts.Length) switch
        {
            ("GET", 1) => TypeRestfulInteraction.SearchType,
            ("GET", _) => TypeRestfulInteraction.Read,
            _ => TypeRestfulInteraction.Create,
        }).Distinct().Select(code => new ResourceInteractionComponent { Code = code })],
        SearchParam = [.. SearchParameters.GetValueOrDefault(routes.Key, [])],
    };

    private static SecurityComponent Security(string authority) => new()
    {
        Service = [new CodeableConcept("http://terminology.hl7.org/CodeSystem/restful-security-service", "SMART-on-FHIR")],
        Extension =
        [
            new Extension("http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris", null!)
            {
                Value = null,
                Extension = [new Extension("token", new FhirUri($"{authority.TrimEnd('/')}/connect/token"))],
            },
        ],
    };
}

using Hl7.Fhir.Model;
using VGIntegration.Fhir;
using VGIntegration.Hosting;
using VGIntegration.ReferralIntake.Searching;
using static Hl7.Fhir.Model.CapabilityStatement;

namespace VGIntegration.ReferralIntake.Http;

/// <summary>GET /fhir/metadata: what can be asked here, read from the routes themselves.</summary>
internal static class Capabilities
{
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
                    Operation = [.. routes.Where(r => r.Parts is [['$', ..]]).Select(r => Operation(r.Parts[0]))],
                },
            ],
        };
        return new FhirResult(200, statement);
    }

    private static ResourceComponent Resource(IGrouping<string, (string Method, string[] Parts)> routes) => new()
    {
        Type = routes.Key,
        Operation = [.. routes.Where(IsOperation).Select(r => r.Parts[^1]).Distinct().Select(Operation)],
        Versioning = routes.Any(r => r.Method == "PUT") ? ResourceVersionPolicy.VersionedUpdate : ResourceVersionPolicy.Versioned,
        ReadHistory = routes.Any(r => r.Parts is [_, _, "_history"]),
        UpdateCreate = routes.Any(r => r.Method == "PUT") ? false : null,
        Interaction = [.. routes.Where(r => !IsOperation(r)).Select(r => (r.Method, r.Parts.Length) switch
        {
            ("GET", 3) when r.Parts[2] == "_history" => TypeRestfulInteraction.HistoryInstance,
            ("GET", 4) when r.Parts[2] == "_history" => TypeRestfulInteraction.Vread,
            ("PUT", _) => TypeRestfulInteraction.Update,
            ("PATCH", _) => TypeRestfulInteraction.Patch,
            ("GET", 1) => TypeRestfulInteraction.SearchType,
            ("POST", 2) when r.Parts[1] == "_search" => TypeRestfulInteraction.SearchType,
            ("GET", _) => TypeRestfulInteraction.Read,
            ("DELETE", _) => TypeRestfulInteraction.Delete,
            _ => TypeRestfulInteraction.Create,
        }).Distinct().Select(code => new ResourceInteractionComponent { Code = code })],
        SearchParam = [.. Registration.Searchable.Where(s => s.Type == routes.Key).SelectMany(s => s.Parameters)],
        SearchInclude = [.. Registration.Searchable.Where(s => s.Type == routes.Key).SelectMany(s => s.Includes)],
        SearchRevInclude = [.. Registration.Searchable.Where(s => s.Type == routes.Key).SelectMany(s => s.ReverseIncludes)],
    };

    private static bool IsOperation((string Method, string[] Parts) route) => route.Parts[^1][0] == '$';

    private static OperationComponent Operation(string name) => new()
    {
        Name = name[1..],
        Definition = name switch
        {
            "$validate" => "http://hl7.org/fhir/OperationDefinition/Resource-validate",
            "$status" => "http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-status",
            "$events" => "http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-events",
            "$process-message" => "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message",
            _ => $"{CodeSystems.Base}/OperationDefinition/{name[1..]}",
        },
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

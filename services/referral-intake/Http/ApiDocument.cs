using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace VGIntegration.ReferralIntake.Http;

/// <summary>
/// GET /fhir/openapi.json, made from the routes themselves, and a page to read and try it at /fhir/docs. What a resource
/// looks like is FHIR's to say; the document points there.
/// </summary>
internal static class ApiDocument
{
    private const string Name = "v1";
    private const string Token = "token";
    private static readonly string[] Formats = ["application/fhir+json", "application/fhir+xml"];

    public static void AddApiDocument(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(Name, document =>
    {
        document.ShouldInclude = api => api.RelativePath?.StartsWith("fhir", StringComparison.Ordinal) is true;
        document.AddDocumentTransformer(Introduce);
        document.AddOperationTransformer(Describe);
    });

    public static void MapApiDocument(this IEndpointRouteBuilder fhir)
    {
        fhir.MapOpenApi("/openapi.json").AllowAnonymous();
        fhir.MapScalarApiReference("/docs", page => page.WithTitle("Verwijzen voor een verkennend gesprek")
                .WithOpenApiRoutePattern("/fhir/openapi.json").DisableDefaultFonts().DisableTelemetry()
                .DisableAgent().DisableMcp().HideDeveloperTools().HideClientButton().AddPreferredSecuritySchemes(Token))
            .AllowAnonymous();
    }

    /// <summary>Comes before the security headers, so that it has the last word for the page: that brings its own script and styles along, inline.</summary>
    public static void UseApiDocument(this WebApplication app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/fhir/docs"), page => page.Use(AllowItsOwnScript));

    private static Task Introduce(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        var settings = context.ApplicationServices.GetRequiredService<IConfiguration>();
        document.Info = new OpenApiInfo
        {
            Title = "VGIntegration: referring for an exploratory conversation (verkennend gesprek)",
            Version = "R4 (4.0.1)",
            Description = "A FHIR R4 API for GP systems. `GET /fhir/metadata` is the CapabilityStatement; the profile and its rules are in contracts/fhir of the "
                + "repository. Every refusal is an OperationOutcome that names the element and says, in Dutch, what to change.",
        };
        document.Tags = document.Paths.Keys.Select(path => Topic(path.TrimStart('/'))).Distinct().Select(topic => new OpenApiTag { Name = topic }).ToHashSet();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Token] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "SMART Backend Services: client credentials with a signed assertion (private_key_jwt).",
                Flows = new OpenApiOAuthFlows
                {
                    ClientCredentials = new OpenApiOAuthFlow
                    {
                        TokenUrl = new Uri($"{settings["Authentication:Authority"]!.TrimEnd('/')}/connect/token"),
                        Scopes = new Dictionary<string, string> { ["system/*.cruds"] = "everything of the own practice" },
                    },
                },
            },
        };
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var scopes = metadata.OfType<Practices.Scope>().Select(s => s.ToString()).Distinct().ToList();
        operation.Summary = Interaction(context.Description.HttpMethod!, context.Description.RelativePath!.Split('/')[1..]);
        operation.Tags = new HashSet<OpenApiTagReference> { new(Topic(context.Description.RelativePath!), context.Document) };
        operation.Responses = new OpenApiResponses
        {
            ["2XX"] = Response("A resource, or a Bundle of them"),
            ["4XX"] = Response("An OperationOutcome with every reason"),
            ["503"] = Response("Busy; the same again after Retry-After, it does not arrive twice"),
        };
        if (context.Description.HttpMethod is "POST" or "PUT" or "PATCH")
        {
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Resource() };
        }

        if (scopes.Count > 0)
        {
            operation.Description = $"{operation.Description}\n\nScope: `{string.Join(' ', scopes)}`".Trim();
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, context.Document)] = scopes }];
        }

        return Task.CompletedTask;
    }

    // In FHIR R4's own words for what a route is (section 3.1, RESTful API).
    private static string? Interaction(string method, string[] path) => (method, path) switch
    {
        (_, ["metadata"]) => "capabilities",
        (_, [".well-known", ..]) => "SMART configuration: where to ask for a token, and how",
        ("POST", [] or [""]) => "transaction: a referral with everything it speaks of",
        (_, [.., ['$', .. var operation]]) => $"operation {operation}",
        ("GET", [var type]) => $"search {type}",
        ("POST", [var type, "_search"]) => $"search {type}, with the parameters in the body",
        ("GET", [var type, _, "_history"]) => $"history of one {type}",
        ("GET", [var type, _, "_history", _]) => $"vread {type}: one version",
        ("GET", [var type, _]) => $"read {type}",
        ("POST", [var type]) => $"create {type}",
        ("PUT", [var type, _]) => $"update {type}, with If-Match",
        ("PATCH", [var type, _]) => $"patch {type}, with If-Match",
        ("DELETE", [var type, _]) => $"delete {type}",
        _ => null,
    };

    private static string Topic(string path) => path.Split('/') is [_, var type, ..] && char.IsUpper(type.FirstOrDefault()) ? type : "System";

    private static OpenApiResponse Response(string what) => new() { Description = what, Content = Resource() };

    private static Dictionary<string, OpenApiMediaType> Resource() => Formats.ToDictionary(format => format, _ => new OpenApiMediaType
    {
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "https://hl7.org/fhir/R4/resourcelist.html",
            Properties = new Dictionary<string, IOpenApiSchema> { ["resourceType"] = new OpenApiSchema { Type = JsonSchemaType.String } },
        },
    });

    private static Task AllowItsOwnScript(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.ContentSecurityPolicy =
                "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
                + "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";
            return Task.CompletedTask;
        });
        return next(context);
    }
}

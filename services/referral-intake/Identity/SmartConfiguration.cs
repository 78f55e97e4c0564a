using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using VGIntegration.ReferralIntake.Practices;

namespace VGIntegration.ReferralIntake.Identity;

/// <summary>How a GP system gets a token here (SMART App Launch 2.2, conformance): below the FHIR base, and at the root.</summary>
internal static class SmartConfiguration
{
    public static void MapSmartConfiguration(this IEndpointRouteBuilder app)
    {
        app.MapGet("/.well-known/smart-configuration", Handle).AllowAnonymous();
        app.MapGet("/fhir/.well-known/smart-configuration", Handle).AllowAnonymous();
    }

    private static async Task<IResult> Handle(IConfiguration settings, IOptionsMonitor<JwtBearerOptions> bearer, CancellationToken ct)
    {
        var authority = settings["Authentication:Authority"]!.TrimEnd('/');
        var isBuiltIn = settings.GetValue<bool>("Authentication:BuiltIn");
        var other = isBuiltIn || bearer.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager is not { } discovery
            ? null
            : await discovery.GetConfigurationAsync(ct);
        return Results.Json(new Dictionary<string, object?>
        {
            ["issuer"] = other?.Issuer ?? $"{authority}/",
            ["jwks_uri"] = other is null ? $"{authority}/.well-known/jwks" : other.JwksUri,
            ["token_endpoint"] = other?.TokenEndpoint ?? $"{authority}/connect/token",
            ["grant_types_supported"] = new[] { "client_credentials" },
            ["token_endpoint_auth_methods_supported"] = new[] { "private_key_jwt" },
            ["token_endpoint_auth_signing_alg_values_supported"] = KeySet.Algorithms,
            ["scopes_supported"] = Practice.UsualScopes.Split(' '),
            ["capabilities"] = new[] { "client-confidential-asymmetric", "permission-v1", "permission-v2" },
        });
    }
}

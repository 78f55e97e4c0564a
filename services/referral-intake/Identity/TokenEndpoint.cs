using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace VGIntegration.ReferralIntake.Identity;

/// <summary>Gives tokens to programs (RFC 6749 section 4.4) and to people after their log-in (OpenID Connect Core 3.1).</summary>
internal static class TokenEndpoint
{
    private const string Server = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;
    private const string DefaultPracticeScopes = "system/ServiceRequest.cruds system/Task.cruds system/DocumentReference.rs system/Binary.rs";

    public static void MapTokenEndpoint(this IEndpointRouteBuilder app)
    {
        app.MapPost("/connect/token", Exchange).AllowAnonymous().DisableAntiforgery();
        app.MapMethods("/connect/authorize", ["GET", "POST"], Authorize).AllowAnonymous().DisableAntiforgery();
        app.MapMethods("/connect/log-out", ["GET", "POST"], (Delegate)LogOut).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task<IResult> Exchange(HttpContext http, IOpenIddictApplicationManager clients, CancellationToken ct)
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (request.IsAuthorizationCodeGrantType())
        {
            var person = await http.AuthenticateAsync(Server);
            return Results.SignIn(person.Principal!, null, Server);
        }

        var client = (await clients.FindByClientIdAsync(request.ClientId!, ct))!;
        var isPractice = await clients.HasPermissionAsync(client, Clients.AllSystemScopes, ct);
        var scopes = request.GetScopes();
        scopes = scopes.Length == 0 && isPractice ? [.. DefaultPracticeScopes.Split(' ')] : scopes;
        foreach (var scope in scopes)
        {
            var isAllowed = scope.StartsWith("system/", StringComparison.Ordinal)
                ? isPractice
                : await clients.HasPermissionAsync(client, $"{Permissions.Prefixes.Scope}{scope}", ct);
            if (!isAllowed)
            {
                return Results.Forbid(
                    new(new Dictionary<string, string?>
                    {
                        [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidScope,
                        [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "This client may not ask for that scope.",
                    }),
                    [Server]);
            }
        }

        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, request.ClientId).SetScopes(scopes).SetResources(Hosting.Authentication.Audience);
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), null, Server);
    }

    private static async Task<IResult> Authorize(HttpContext http, DemoAccounts accounts)
    {
        var request = http.GetOpenIddictServerRequest()!;
        var loggedIn = await http.AuthenticateAsync(Registration.CookieScheme);
        if (accounts.Find(loggedIn.Principal?.FindFirstValue(Claims.Subject)) is not { } account)
        {
            var here = $"{http.Request.PathBase}{http.Request.Path}{http.Request.QueryString}";
            return Results.Challenge(new AuthenticationProperties { RedirectUri = here }, [Registration.CookieScheme]);
        }

        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, account.Name).SetClaim(Claims.PreferredUsername, account.Name)
            .SetClaim(Claims.Name, account.DisplayName).SetClaims(Claims.Role, [.. account.Roles])
            .SetScopes(request.GetScopes()).SetResources(Hosting.Authentication.Audience);
        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), null, Server);
    }

    private static async Task<IResult> LogOut(HttpContext http)
    {
        await http.SignOutAsync(Registration.CookieScheme);
        return Results.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [Server]);
    }
}

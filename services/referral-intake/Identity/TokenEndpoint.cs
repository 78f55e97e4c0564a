using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace VGIntegration.ReferralIntake.Identity;

/// <summary>Gives tokens to programs (RFC 6749 section 4.4) and to people after their log-in (OpenID Connect Core 3.1).</summary>
internal static class TokenEndpoint
{
    private const string Server = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static void MapTokenEndpoint(this IEndpointRouteBuilder app)
    {
        app.MapPost("/connect/token", Exchange).AllowAnonymous().DisableAntiforgery();
        app.MapMethods("/connect/authorize", ["GET", "POST"], Authorize).AllowAnonymous().DisableAntiforgery();
        app.MapMethods("/connect/log-out", ["GET", "POST"], (Delegate)LogOut).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task<IResult> Exchange(
        HttpContext http, IOpenIddictApplicationManager clients, IntakeDbContext db, CancellationToken ct)
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (request.IsAuthorizationCodeGrantType())
        {
            var person = await http.AuthenticateAsync(Server);
            return Results.SignIn(person.Principal!, null, Server);
        }

        var client = (await clients.FindByClientIdAsync(request.ClientId!, ct))!;
        var practice = await db.Practices.AsNoTracking().SingleOrDefaultAsync(p => p.ClientId == request.ClientId, ct);
        var certificates = http.RequestServices.GetRequiredService<ClientCertificates>();
        if (practice is { SwitchedOffAt: not null } || !certificates.Meets(practice?.Certificates, certificates.Of(http)))
        {
            return Refused(Errors.InvalidClient, practice!.SwitchedOffAt is null
                ? "This client must come with its registered client certificate."
                : "The connection of this practice is switched off.");
        }

        var scopes = request.GetScopes();
        scopes = scopes.Length == 0 && practice is not null ? [.. practice.Scopes.Split(' ')] : scopes;
        foreach (var scope in scopes)
        {
            var isAllowed = practice is not null
                ? Scope.IsWithin(scope, practice.Scopes)
                : await clients.HasPermissionAsync(client, $"{Permissions.Prefixes.Scope}{scope}", ct);
            if (!isAllowed)
            {
                return Refused(Errors.InvalidScope, "This client may not ask for that scope.");
            }
        }

        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, request.ClientId).SetScopes(scopes).SetResources(Hosting.Authentication.Audience);
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), null, Server);
    }

    private static IResult Refused(string error, string description) => Results.Forbid(
        new(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [Server]);

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

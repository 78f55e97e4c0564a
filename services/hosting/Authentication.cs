using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using Duende.IdentityModel.Client;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace VGIntegration.Hosting;

/// <summary>Who gets in: programs with a bearer token, people with a log-in, and nobody by default.</summary>
public static class Authentication
{
    /// <summary>
    /// Bearer tokens of the authority in Authentication:Authority (RFC 9068). Every endpoint needs one, unless it says
    /// otherwise itself.
    /// </summary>
    /// <exception cref="SettingException">The authority is missing or is no https address (http only on this machine).</exception>
    public static AuthenticationBuilder AddBearerTokens(this WebApplicationBuilder builder)
    {
        var authority = Authority(builder.Configuration);
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.Authority = authority.ToString();
            bearer.RequireHttpsMetadata = !authority.IsLoopback;
            bearer.MapInboundClaims = false;
            var rules = bearer.TokenValidationParameters;
            rules.ValidateAudience = true;
            rules.ValidAudience = builder.Configuration["Authentication:Audience"] ?? Audience;
            rules.ValidAlgorithms = Algorithms;
            rules.ValidTypes = ["at+jwt", "application/at+jwt", "JWT"];
            (rules.RequireExpirationTime, rules.RequireSignedTokens) = (true, true);
            rules.ClockSkew = TimeSpan.FromSeconds(30);
            bearer.TokenHandlers.Clear();
            bearer.TokenHandlers.Add(new RememberedTokens());
        });
    }

    // Signatures with the authority's private key only: a public key can never serve as a secret.
    private static readonly string[] Algorithms =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>What a token must be meant for (RFC 9068 aud), unless Authentication:Audience says otherwise: every service of this system.</summary>
    public const string Audience = "vgintegration";

    /// <summary>
    /// Log-in for pages: OpenID Connect with the code flow and PKCE at the same authority, kept in a cookie of eight hours.
    /// The roles come from the claim role, the name of the log-in from preferred_username.
    /// </summary>
    /// <param name="builder">The service.</param>
    /// <param name="path">Where the pages of this service live, such as /planning; the cookie goes nowhere else.</param>
    /// <exception cref="SettingException">The authority, client id or client secret is missing.</exception>
    public static void AddLogIn(this WebApplicationBuilder builder, string path)
    {
        var authority = Authority(builder.Configuration);
        var (id, secret) = Client(builder.Configuration);
        builder.Services.AddAntiforgery();
        builder.AddBearerTokens()
            .AddCookie(cookie =>
            {
                cookie.Cookie.Name = $"vg{path.Replace('/', '-')}";
                cookie.Cookie.Path = path;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
                cookie.ForwardChallenge = OpenIdConnectDefaults.AuthenticationScheme;
                cookie.AccessDeniedPath = $"{path}/no-access";
            })
            .AddOpenIdConnect(oidc =>
            {
                oidc.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                oidc.Authority = authority.ToString();
                oidc.RequireHttpsMetadata = !authority.IsLoopback;
                (oidc.ClientId, oidc.ClientSecret) = (id, secret);
                oidc.ResponseType = OpenIdConnectResponseType.Code;
                oidc.ResponseMode = OpenIdConnectResponseMode.Query;
                oidc.CallbackPath = $"{path}/signin-oidc";
                oidc.SignedOutCallbackPath = $"{path}/signout-callback-oidc";
                oidc.RemoteSignOutPath = $"{path}/signout-oidc";
                oidc.MapInboundClaims = false;
                oidc.GetClaimsFromUserInfoEndpoint = false;
                oidc.TokenValidationParameters.NameClaimType = "preferred_username";
                oidc.TokenValidationParameters.RoleClaimType = "role";
                oidc.Scope.Clear();
                oidc.Scope.Add("openid");
                oidc.Scope.Add("profile");
                oidc.Scope.Add("roles");
                // Lax, because the pages may be on plain http on this machine, where a browser refuses SameSite=None.
                (oidc.CorrelationCookie.SameSite, oidc.NonceCookie.SameSite) = (SameSiteMode.Lax, SameSiteMode.Lax);
                (oidc.CorrelationCookie.Path, oidc.NonceCookie.Path) = (path, path);
                oidc.Events.OnRemoteFailure = failure =>
                {
                    // The back button, or a log-in page that stood open too long: no fault of ours, and logging in again helps.
                    failure.Response.Redirect($"{path}/error/401");
                    failure.HandleResponse();
                    return Task.CompletedTask;
                };
                if (authority.IsLoopback)
                {
                    // A Secure cookie does not come back over plain http, not even on this machine in every browser (Safari).
                    (oidc.CorrelationCookie.SecurePolicy, oidc.NonceCookie.SecurePolicy) =
                        (CookieSecurePolicy.SameAsRequest, CookieSecurePolicy.SameAsRequest);
                }
            });
    }

    /// <summary>
    /// POST {path}/log-out: ends the log-in here and at the authority, and shows {path}/logged-out. Only a form of our own
    /// pages can do it (antiforgery).
    /// </summary>
    public static void MapLogOut(this IEndpointRouteBuilder app, string path)
    {
        var after = new AuthenticationProperties { RedirectUri = $"{path}/logged-out" };
        string[] schemes = [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme];
        app.MapPost($"{path}/log-out", async (HttpContext http, IAntiforgery forms) =>
        {
            if (!await forms.IsRequestValidAsync(http))
            {
                return Results.BadRequest();
            }

            http.Response.Headers["Clear-Site-Data"] = "\"storage\""; // what was typed and not yet saved is nobody else's
            return Results.SignOut(after, schemes);
        })
            .RequireAuthorization(new AuthorizationPolicyBuilder(CookieAuthenticationDefaults.AuthenticationScheme)
                .RequireAuthenticatedUser().Build());
    }

    /// <summary>For pages: a log-in with one of these roles.</summary>
    public static AuthorizationPolicy PersonWith(params string[] roles) =>
        new AuthorizationPolicyBuilder(CookieAuthenticationDefaults.AuthenticationScheme)
            .RequireAuthenticatedUser().RequireRole(roles).Build();

    /// <summary>For endpoints between services: a token with this scope.</summary>
    public static AuthorizationPolicy ServiceWith(string scope) =>
        new AuthorizationPolicyBuilder(JwtBearerDefaults.AuthenticationScheme)
            .RequireAssertion(c => c.User.HasScope(scope)).Build();

    /// <summary>Whether the token has the scope (RFC 8693: one claim, separated by spaces).</summary>
    public static bool HasScope(this ClaimsPrincipal user, string scope)
    {
        return user.FindAll("scope").Any(c => c.Value.Split(' ').Contains(scope));
    }

    /// <summary>The name of the log-in or the id of the client: who it is, for the audit.</summary>
    public static string Who(this ClaimsPrincipal user)
    {
        return user.FindFirstValue("preferred_username") ?? user.FindFirstValue("client_id") ?? user.FindFirstValue("sub") ?? "";
    }

    /// <summary>
    /// An HTTP client for another of our services at the setting Services:{service}, with this service's own token for the
    /// scope. X-On-Behalf-Of names the person at the page, for the audit; X-Roles says as what, for who may see what.
    /// </summary>
    /// <exception cref="SettingException">The address, client id or client secret is missing.</exception>
    public static void AddServiceClient<TClient>(this WebApplicationBuilder builder, string service, string scope)
        where TClient : class
    {
        _ = builder.Configuration[$"Services:{service}"] is { Length: > 0 } given
            ? new Uri(given)
            : throw new SettingException($"Services:{service} must be the address of that service.");
        var authority = Authority(builder.Configuration);
        var (id, secret) = Client(builder.Configuration);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddHttpClient("token");
        builder.Services.AddHttpClient<TClient>((s, http) =>
            {
                // Read when it is used: in one process a service can learn of one that starts after it.
                http.BaseAddress = new Uri(s.GetRequiredService<IConfiguration>()[$"Services:{service}"]!);
                http.Timeout = TimeSpan.FromSeconds(10);
            })
            .AddHttpMessageHandler(s => new ServiceToken(
                s.GetRequiredService<IHttpClientFactory>(), s.GetRequiredService<IHttpContextAccessor>(),
                s.GetRequiredService<TimeProvider>(), authority, id, secret, scope));
    }

    private static Uri Authority(IConfiguration settings) =>
        Uri.TryCreate(settings["Authentication:Authority"], UriKind.Absolute, out var authority)
        && (authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback))
            ? authority
            : throw new SettingException(
                "Authentication:Authority must be the https address of the OpenID Connect authority (http only on this machine).");

    private static (string Id, string Secret) Client(IConfiguration settings) =>
        (settings["Authentication:ClientId"] ?? throw new SettingException("Authentication:ClientId is not set."),
        settings["Authentication:ClientSecret"] is { Length: > 0 } secret
            ? secret
            : EF.IsDesignTime ? "none" // dotnet ef builds the service and asks nobody for a token
            : throw new SettingException("Authentication:ClientSecret is not set; give it in the environment."));

    /// <summary>
    /// A token that was found good is good until it ends: its signature is not checked again. It is known by its hash.
    /// </summary>
    private sealed class RememberedTokens : JsonWebTokenHandler
    {
        private const int AtMost = 10_000;

        private readonly ConcurrentDictionary<string, TokenValidationResult> _known = new();

        public RememberedTokens() => MapInboundClaims = false;

        public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
        {
            var hash = Convert.ToBase64String(SHA256.HashData(MemoryMarshal.AsBytes(token.AsSpan())));
            if (_known.TryGetValue(hash, out var known) && TimeProvider.System.GetUtcNow().UtcDateTime < known.SecurityToken.ValidTo)
            {
                return known;
            }

            var result = await base.ValidateTokenAsync(token, validationParameters);
            if (result.IsValid && result.ClaimsIdentity is not null) // the identity is made when it is first asked for
            {
                if (_known.Count >= AtMost)
                {
                    _known.Clear();
                }

                _known[hash] = result;
            }

            return result;
        }
    }

    /// <summary>Asks for a token when there is none or it is about to end (RFC 6749 section 4.4).</summary>
    private sealed class ServiceToken(
        IHttpClientFactory http, IHttpContextAccessor person, TimeProvider clock, Uri authority, string id, string secret, string scope)
        : DelegatingHandler
    {
        private static readonly string[] OfPeople = ["planner", "professional", "manager"];

        private static readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> Tokens = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Token(cancellationToken));
            if (person.HttpContext?.User is { Identity.IsAuthenticated: true } user)
            {
                request.Headers.Add("X-On-Behalf-Of", user.Who());
                request.Headers.Add("X-Roles", string.Join(' ', OfPeople.Where(user.IsInRole)));
            }

            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode == System.Net.HttpStatusCode.Unauthorized)
            {
                Tokens.TryRemove(Key, out _); // the authority may have new keys: ask again next time
            }

            return response;
        }

        private string Key => $"{authority} {id} {scope}";

        private async Task<string> Token(CancellationToken ct)
        {
            if (Tokens.TryGetValue(Key, out var known) && known.Until > clock.GetUtcNow())
            {
                return known.Token;
            }

            var client = http.CreateClient("token");
            var policy = new DiscoveryPolicy { RequireHttps = !authority.IsLoopback };
            using var discoveryRequest = new DiscoveryDocumentRequest { Address = authority.ToString(), Policy = policy };
            var discovery = await client.GetDiscoveryDocumentAsync(discoveryRequest, ct);
            using var tokenRequest = new ClientCredentialsTokenRequest
            {
                Address = discovery.TokenEndpoint,
                ClientId = id,
                ClientSecret = secret,
                Scope = scope,
            };
            var answer = await client.RequestClientCredentialsTokenAsync(tokenRequest, ct);
            if (answer.IsError || answer.AccessToken is null)
            {
                throw new HttpRequestException($"The authority gave no token for {id}: {answer.Error}");
            }

            Tokens[Key] = (answer.AccessToken, clock.GetUtcNow().AddSeconds(Math.Max(10, answer.ExpiresIn - 30)));
            return answer.AccessToken;
        }
    }
}

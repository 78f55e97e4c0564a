using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace VGIntegration.Surroundings;

/// <summary>
/// The authority of the tests. Tokens and cookies are validated by the service's own code; only the keys, and the
/// authority's addresses, are ours.
/// </summary>
public static class LogIns
{
    /// <summary>The authority that the services are told; nothing listens there.</summary>
    public const string Authority = "https://authority.invalid";

    private static readonly RsaSecurityKey Key = new(RSA.Create(2048)) { KeyId = "test" };

    /// <summary>Settings with which a service starts in a test; what is given after them wins.</summary>
    public static string[] Settings(string data) =>
    [
        "--urls=http://127.0.0.1:0",
        $"--data={data}",
        $"--Authentication:Authority={Authority}",
        "--Authentication:ClientId=test",
        "--Authentication:ClientSecret=test",
        "--Limiting:PerSecond=0",
        "--Limiting:Seconds=60",
    ];

    /// <summary>Replaces the outside authority, for tokens that come in, for log-ins and for this service's own tokens.</summary>
    public static void UseTestAuthority(this WebApplicationBuilder builder)
    {
        var metadata = new OpenIdConnectConfiguration
        {
            Issuer = Authority,
            AuthorizationEndpoint = $"{Authority}/connect/authorize",
            TokenEndpoint = $"{Authority}/connect/token",
            EndSessionEndpoint = $"{Authority}/connect/end-session",
        };
        metadata.SigningKeys.Add(Key);
        builder.Services.PostConfigureAll<JwtBearerOptions>(bearer =>
        {
            bearer.Configuration = metadata;
            bearer.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(metadata);
        });
        builder.Services.PostConfigureAll<OpenIdConnectOptions>(oidc =>
        {
            oidc.Configuration = metadata;
            oidc.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(metadata);
        });
        builder.Services.AddHttpClient("token").ConfigurePrimaryHttpMessageHandler(() => new TokenEndpoint());
    }

    /// <summary>A client of the service with a token for these scopes.</summary>
    public static HttpClient WithToken(this WebApplication app, string clientId, params string[] scopes)
    {
        var client = app.Stranger();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token(clientId, scopes));
        return client;
    }

    /// <summary>A client of the service that nobody knows; redirects are not followed.</summary>
    public static HttpClient Stranger(this WebApplication app) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.Address() };

    /// <summary>A client of the service with the cookie of this person; redirects are not followed.</summary>
    public static HttpClient LoggedInAs(this WebApplication app, string login, params string[] roles) =>
        app.LoggedInAs(login, followRedirects: false, roles);

    /// <summary>A client of the service with the cookie of this person.</summary>
    public static HttpClient LoggedInAs(this WebApplication app, string login, bool followRedirects, params string[] roles) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = followRedirects, CookieContainer = app.Cookies(login, roles) })
        {
            BaseAddress = app.Address(),
        };

    /// <summary>Where the started service listens.</summary>
    public static Uri Address(this WebApplication app) => new(app.Urls.First());

    /// <summary>An access token as the authority would give it (RFC 9068), valid for a day of real time.</summary>
    public static string Token(
        string clientId, IEnumerable<string> scopes, string audience = Hosting.Authentication.Audience, TimeSpan age = default, string clientClaim = "client_id")
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime - age;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = Authority,
            Audience = audience,
            NotBefore = now.AddMinutes(-1),
            IssuedAt = now,
            Expires = now.AddDays(1),
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = clientId,
                [clientClaim] = clientId,
                ["scope"] = string.Join(' ', scopes),
                ["jti"] = Guid.NewGuid().ToString(),
            },
        });
    }

    /// <summary>A cookie jar in which this person is logged in, made by the service's own log-in.</summary>
    internal static CookieContainer Cookies(this WebApplication app, string login, params string[] roles)
    {
        const string scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        var options = app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme);
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var claims = new List<Claim> { new("sub", login), new("preferred_username", login), new("name", $"{login} (test)") };
        claims.AddRange(roles.Select(role => new Claim("role", role)));
        var person = new ClaimsPrincipal(new ClaimsIdentity(claims, "test", "preferred_username", "role"));
        var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + options.ExpireTimeSpan };

        var jar = new CookieContainer();
        var value = options.TicketDataFormat.Protect(new AuthenticationTicket(person, properties, scheme));
        jar.Add(app.Address(), new Cookie(options.Cookie.Name!, value, options.Cookie.Path ?? "/"));
        return jar;
    }

    /// <summary>Answers a service that asks the authority for its own token (RFC 6749 section 4.4).</summary>
    private sealed class TokenEndpoint : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            object answer = request.RequestUri!.AbsolutePath switch
            {
                "/connect/token" => await Grant(request.Content!, cancellationToken),
                "/jwks" => new { keys = Array.Empty<object>() },
                _ => new { issuer = Authority, jwks_uri = $"{Authority}/jwks", token_endpoint = $"{Authority}/connect/token" },
            };
            return new HttpResponseMessage { Content = System.Net.Http.Json.JsonContent.Create(answer), RequestMessage = request };
        }

        private static async Task<object> Grant(HttpContent content, CancellationToken ct)
        {
            var form = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(await content.ReadAsStringAsync(ct));
            var client = form.TryGetValue("client_id", out var id) ? id.ToString() : "test";
            return new { access_token = Token(client, [form["scope"].ToString()]), token_type = "Bearer", expires_in = 3600 };
        }
    }
}

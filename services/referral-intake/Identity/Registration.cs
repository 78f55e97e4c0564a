using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using VGIntegration.Hosting;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Identity;

/// <summary>
/// The built-in authority (OpenIddict) for the demo and small set-ups, when Authentication:BuiltIn is true. A region with an
/// authority of its own switches it off and points Authentication:Authority there.
/// </summary>
internal static class Registration
{
    internal const string CookieScheme = "identity";

    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        var (services, settings) = (builder.Services, builder.Configuration);
        services.AddSingleton(new DemoAccounts(settings.IsDemo())).AddSingleton<Guesses>();
        if (!settings.GetValue<bool>("Authentication:BuiltIn"))
        {
            return;
        }

        var authority = new Uri(settings["Authentication:Authority"]!);
        services.AddAuthentication().AddCookie(CookieScheme, cookie =>
        {
            (cookie.Cookie.Name, cookie.Cookie.Path) = ("vg-identity", "/connect");
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.LoginPath = "/connect/log-in";
            cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
        });
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IntakeDbContext>())
            .AddServer(server =>
            {
                server.SetIssuer(authority)
                    .SetTokenEndpointUris("connect/token")
                    .SetAuthorizationEndpointUris("connect/authorize")
                    .SetEndSessionEndpointUris("connect/log-out")
                    .AllowClientCredentialsFlow()
                    .AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange()
                    .SetAccessTokenLifetime(TimeSpan.FromSeconds(300))
                    .DisableScopeValidation().IgnoreScopePermissions() // the rules are in TokenEndpoint: SMART scopes are a family
                    .DisableAccessTokenEncryption()
                    .AddSigningKey(SigningKey(settings["data"] ?? "data"))
                    .AddEphemeralEncryptionKey()
                    .AddClientAssertions();
                var http = server.UseAspNetCore()
                    .EnableTokenEndpointPassthrough().EnableAuthorizationEndpointPassthrough().EnableEndSessionEndpointPassthrough();
                if (authority.IsLoopback && authority.Scheme == Uri.UriSchemeHttp)
                {
                    http.DisableTransportSecurityRequirement();
                }
            });
        services.AddHostedService<Clients>().AddHostedService<PruneTokens>();
    }

    /// <summary>Who asks. The built-in authority looks at every request that may be for it; what goes to /fhir never is, and needs its token alone.</summary>
    public static void UseTokens(this WebApplication app)
    {
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true; // or WebApplication adds it by itself, for all
        app.UseWhen(http => !IsFhir(http), others => others.UseAuthentication());
        app.UseWhen(IsFhir, fhir => fhir.Use(async (http, next) =>
        {
            if ((await http.AuthenticateAsync()).Principal is { } caller)
            {
                http.User = caller;
            }

            await next(http);
        }));
    }

    private static bool IsFhir(HttpContext http) => http.Request.Path.StartsWithSegments("/fhir");

    public static void MapIdentity(this WebApplication app)
    {
        app.MapSmartConfiguration();
        if (app.Services.GetService<IOpenIddictApplicationManager>() is not null)
        {
            app.MapTokenEndpoint();
        }
    }

    // Kept beside the data, so that tokens stay good over a restart; never in the repository.
    private static RsaSecurityKey SigningKey(string folder)
    {
        var file = Path.Combine(Path.GetFullPath(folder), "identity-signing-key.pem");
        var rsa = RSA.Create(2048);
        if (File.Exists(file))
        {
            rsa.ImportFromPem(File.ReadAllText(file));
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            WriteWhole(file, rsa.ExportPkcs8PrivateKeyPem());
        }

        return new RsaSecurityKey(rsa) { KeyId = Base64UrlEncoder.Encode(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo())[..9]) };
    }

    // All or nothing: half a key after a kill would stop every later start.
    private static void WriteWhole(string file, string key)
    {
        var draft = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(draft, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(key));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, file, overwrite: true);
    }
}

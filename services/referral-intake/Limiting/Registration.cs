using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using VGIntegration.Hosting;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Practices;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Limiting;

/// <summary>
/// So that one caller, or a database that hangs, does not stop the others. Settings, with 0 for no limit:
/// Limiting:PerSecond and :Burst (requests of one client), Limiting:LogInsPerSecond and :LogInBurst (requests of one address
/// for a token or a log-in), Limiting:AtOnce (requests in hand), Limiting:Seconds (for an answer, once all of the request is there).
/// </summary>
internal static class Registration
{
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        var (perSecond, burst) = (Number(settings, "PerSecond", 100), Number(settings, "Burst", 1_000));
        var (logIns, logInBurst) = (Number(settings, "LogInsPerSecond", 10), Number(settings, "LogInBurst", 100));
        builder.Services.AddSingleton(new TimeLimit(Number(settings, "AtOnce", 2_000), TimeSpan.FromSeconds(Number(settings, "Seconds", 5))));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10));
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = Refuse;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
                http.Request.Path.StartsWithSegments("/connect")
                    ? Bucket($"log-in {Address(http)}", logIns, logInBurst)
                    : Bucket(http.User.Client() ?? Address(http), perSecond, burst));
        });
    }

    /// <summary>After routing: the limit on time and on the number of requests at once.</summary>
    public static void UseTimeLimit(this WebApplication app)
    {
        var limit = app.Services.GetRequiredService<TimeLimit>();
        app.UseWhen(http => !http.Request.Path.StartsWithSegments("/health"), limited => limited.Use(limit.Apply));
    }

    /// <summary>Before authentication, which answers a request for a token itself.</summary>
    public static void UseLogInLimit(this WebApplication app) =>
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/connect"), limited => limited.UseRateLimiter());

    /// <summary>After authentication, which tells whose request it is.</summary>
    public static void UseClientLimit(this WebApplication app) =>
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/fhir"), limited => limited.UseRateLimiter());

    private static string Address(HttpContext http) => $"{http.Connection.RemoteIpAddress}";

    private static RateLimitPartition<string> Bucket(string key, int perSecond, int burst) => perSecond == 0
        ? RateLimitPartition.GetNoLimiter("unlimited")
        : RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(burst, perSecond),
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        });

    private static async ValueTask Refuse(OnRejectedContext context, CancellationToken ct)
    {
        var (http, wait) = (context.HttpContext, context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : TimeSpan.FromSeconds(1));
        http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (http.Request.Path.StartsWithSegments("/fhir"))
        {
            await FhirResult.Refused(429, Finding.Error(IssueType.Throttled, null,
                "U stuurt meer dan hier per seconde kan. Wacht zolang als Retry-After zegt en stuur hetzelfde dan opnieuw.")).ExecuteAsync(http);
        }
        else if (http.Request.Path.StartsWithSegments("/connect/token"))
        {
            await http.Response.WriteAsJsonAsync(new { error = "slow_down", error_description = "Too many requests; see Retry-After." }, ct);
        }
    }

    private static int Number(ConfigurationManager settings, string name, int otherwise) => settings[$"Limiting:{name}"] switch
    {
        null => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new SettingException($"Limiting:{name} must be a whole number, 0 for no limit."),
    };
}

using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace VGIntegration.Hosting;

/// <summary>A setting is unknown, missing or contradicts another; the text is one line that says what to do.</summary>
public sealed class SettingException(string message) : Exception(message);

/// <summary>What every service does in the same way when it starts.</summary>
public static partial class ServiceDefaults
{
    private static readonly Dictionary<string, string[]> KnownSettings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Database"] = ["Provider", "ConnectionString"],
        ["Messaging"] = ["Transport", "ConnectionString"],
        ["Authentication"] = ["Authority", "Audience", "BuiltIn", "ClientId", "ClientSecret", "Schemes"],
        ["Services"] = ["ReferralIntake", "Planning", "Feedback"],
        ["Registry"] = ["File", "LiberationDay", "GoodFriday"],
        ["Matching"] = ["HorizonWeeks", "NormWorkingDays", "TravelFactor", "TravelKilometresAnHour", "Weights"],
        ["Conversing"] = ["AllowEarly"],
        ["Norms"] = ["CallWithinDays", "ConversationWithinDays", "AdviceWithinDays"],
        ["Planning"] = ["CallsInVain", "NoShows", "UndoSeconds"],
        ["Mail"] = ["Host", "Port", "Security", "UserName", "Password", "From", "Name", "Folder", "SmsFolder"],
        ["Inviting"] = ["ReminderDays", "LinkDays", "Site", "Telephone"],
        ["Fhir"] = ["Base"],
        ["Explaining"] = ["Region", "Telephone"],
        ["Claiming"] = ["Tariffs", "Professions"],
        ["Printing"] = ["Logo"],
        ["Researching"] = ["Certificate", "Euros"],
        ["Keeping"] =
        [
            "Referrals", "Conversations", "Advices", "WithoutConversation", "WaitingDocuments", "ResidentAnswers", "Notices", "UndoableSteps", "News",
            "Research", "Claims", "PersonalLinks", "Audit", "ParkedMessages", "CleanUpReports",
        ],
    };

    private static readonly string[] Untraced = ["/health", "/uw-gesprek", "/uw-advies", "/planning/calendar"];

    private static readonly string[] OtherSections =
    [
        "Returning", "Channels", "Practices", "ClientCertificates", "Limiting", "Identity", "Demo", "Gateway", "GpSystem",
        "ForwardedHeaders", "Logging", "Kestrel",
    ];

    private static readonly string[] KnownSwitches =
        ["demo", "data", "urls", "environment", "contentRoot", "applicationName", "http_ports", "https_ports"];

    /// <summary>Runs a service. A wrong setting ends it with one line on the error output and exit code 1.</summary>
    public static async Task<int> Run(Func<WebApplication> create)
    {
        try
        {
            await using var app = create();
            await app.RunAsync();
            return Environment.ExitCode;
        }
        catch (SettingException e)
        {
            await Console.Error.WriteLineAsync($"Cannot start: {e.Message}");
            return 1;
        }
    }

    /// <summary>
    /// A builder whose defaults come from the service's own appsettings.json, wherever the process stands, and that
    /// environment and command line override.
    /// </summary>
    /// <exception cref="SettingException">A setting is unknown.</exception>
    public static WebApplicationBuilder CreateBuilder(Assembly service, string[] args)
    {
        var name = service.GetName().Name!;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. args.Select(arg => arg == "--demo" ? "--demo=true" : arg)],
            ApplicationName = name,
            ContentRootPath = Path.GetDirectoryName(service.Location),
        });
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Json.JsonConfigurationSource
        {
            FileProvider = new Microsoft.Extensions.FileProviders.PhysicalFileProvider(Path.GetDirectoryName(service.Location)!),
            Path = $"{name}.appsettings.json",
            Optional = true,
        });
        Check(builder.Configuration, args);
        return builder;
    }

    /// <summary>The name of the service as in its queues and its telemetry, such as referral-intake.</summary>
    public static string ServiceName(this WebApplicationBuilder builder)
    {
        var name = builder.Environment.ApplicationName.Split('.')[^1];
        return WordStart().Replace(name, "-$0").ToLowerInvariant();
    }

    /// <summary>Whether the sample data, the stand-in GP system and the demo log-ins are wanted (--demo).</summary>
    public static bool IsDemo(this IConfiguration settings) => settings.GetValue<bool>("demo");

    /// <summary>The clock, telemetry, health checks, and forwarded headers of a gateway on this machine or network.</summary>
    public static void AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks();
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto;
            foreach (var network in builder.Configuration.GetSection("ForwardedHeaders:KnownNetworks").Get<string[]>() ?? [])
            {
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
            }
        });
        builder.Services.AddSecurityHeaderPolicies().AddPolicy(FileHeaders, headers => headers
            .AddFrameOptionsDeny()
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicyNoReferrer()
            .AddContentSecurityPolicy(csp =>
            {
                csp.AddSandbox();
                csp.AddDefaultSrc().None();
                csp.AddFrameAncestors().None();
            }));
        builder.AddTelemetry();
    }

    /// <summary>The security headers of a file from outside: nothing in it runs, and it is in the place of no page.</summary>
    public const string FileHeaders = "file";

    /// <summary>Puts what must come first in front of the endpoints: the gateway's headers and the security headers.</summary>
    public static void UseServiceDefaults(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseSecurityHeaders(headers => headers
            .AddFrameOptionsDeny()
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicyNoReferrer()
            .AddContentSecurityPolicy(csp =>
            {
                csp.AddDefaultSrc().None();
                csp.AddStyleSrc().Self();
                csp.AddScriptSrc().Self();
                csp.AddImgSrc().Self().Data();
                csp.AddFontSrc().Self();
                csp.AddConnectSrc().Self();
                csp.AddBaseUri().None();
                csp.AddFrameAncestors().None();
            }));
    }

    /// <summary>GET /health/live: the process answers. GET /health/ready: it can do its work, its database included.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains("ready"),
            ResultStatusCodes = { [HealthStatus.Degraded] = 200 },
        }).AllowAnonymous();
    }

    private static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 })
        {
            return; // what nobody collects is not made
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.ServiceName()))
            .WithTracing(traces => traces
                .AddSource("MassTransit", "VGIntegration.*")
                .AddAspNetCoreInstrumentation(http => http.Filter = c => IsTraced(c.Request.Path))
                .AddHttpClientInstrumentation(http => http.FilterHttpRequestMessage = r => IsTraced(r.RequestUri?.AbsolutePath)))
            .WithMetrics(metrics => metrics
                .AddMeter("VGIntegration", "MassTransit")
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .WithLogging().UseOtlpExporter();
    }

    // An address that is itself a key must be in no trace.
    private static bool IsTraced(PathString path) => !Untraced.Any(u => path.StartsWithSegments(u, StringComparison.OrdinalIgnoreCase));

    private static void Check(IConfiguration settings, string[] args)
    {
        foreach (var (section, keys) in KnownSettings)
        {
            var unknown = settings.GetSection(section).GetChildren()
                .FirstOrDefault(s => !keys.Contains(s.Key, StringComparer.OrdinalIgnoreCase));
            if (unknown is not null)
            {
                throw new SettingException($"{unknown.Path} is not a setting. {section} has: {string.Join(", ", keys)}.");
            }
        }

        var wrong = args.Where(a => a.StartsWith("--", StringComparison.Ordinal)).Select(a => a[2..].Split('=')[0])
            .FirstOrDefault(a => !(a.Contains(':', StringComparison.Ordinal) ? KnownSettings.Keys.Concat(OtherSections) : KnownSwitches)
                .Contains(a.Split(':')[0], StringComparer.OrdinalIgnoreCase));
        if (wrong is not null)
        {
            throw new SettingException($"--{wrong} is not an option. There are: --{string.Join(", --", KnownSwitches[..3])}, and settings such as --Database:Provider.");
        }
    }

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}

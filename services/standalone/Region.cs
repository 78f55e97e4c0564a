using System.Security.Cryptography;
using VGIntegration.Hosting;

namespace VGIntegration.Standalone;

/// <summary>
/// All services of a region in one process, each as it is when it stands alone, on a port of its own that only this machine
/// sees; the gateway is the one address outside. No broker: messages go from outbox to consumer.
/// </summary>
public sealed class Region : IAsyncDisposable
{
    private readonly List<WebApplication> _apps = [];
    private readonly EmbeddedBus _bus = new();
    private readonly string[] _shared;

    private Region(string[] shared, Uri address) => (_shared, Address) = (shared, address);

    /// <summary>The one address for people and GP systems.</summary>
    public Uri Address { get; }

    /// <summary>Starts everything; returns when it is ready.</summary>
    /// <exception cref="SettingException">An option or setting is wrong.</exception>
    public static async Task<Region> Start(string[] args)
    {
        var settings = ServiceDefaults.CreateBuilder(typeof(Program).Assembly, args).Configuration;
        var urls = settings["urls"] ?? "http://localhost:5100";
        var address = new Uri(urls.Split(';')[0].Replace("*", "localhost", StringComparison.Ordinal)
            .Replace("+", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
        string[] shared = [$"--demo={settings.IsDemo()}", $"--data={Path.GetFullPath(settings["data"] ?? "data")}"];
        var region = new Region(shared, address);
        try
        {
            await region.StartAll(urls, settings);
            return region;
        }
        catch
        {
            await region.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when somebody stops the process, or when one of the services ends by itself.</summary>
    public async Task UntilStopped()
    {
        await Task.WhenAny(_apps.Select(app => app.WaitForShutdownAsync()));
    }

    /// <summary>Stops the gateway first and the services after it.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var app in Enumerable.Reverse(_apps))
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    private async Task StartAll(string urls, IConfiguration settings)
    {
        var authority = settings["Authentication:Authority"] ?? Address.ToString();
        var isBuiltIn = settings["Authentication:Authority"] is null;
        var (intakeSecret, planningSecret, feedbackSecret) =
            (Secret(settings, "intake"), Secret(settings, "planning"), Secret(settings, "feedback"));

        var keeping = Sections(settings, "Keeping");
        var intake = await Start(ReferralIntake.Program.Create, new(keeping)
        {
            ["Authentication:Authority"] = authority,
            ["Authentication:BuiltIn"] = $"{isBuiltIn}",
            ["Authentication:ClientId"] = "intake",
            ["Authentication:ClientSecret"] = intakeSecret,
            ["Identity:Clients:intake:Secret"] = intakeSecret,
            ["Services:Feedback"] = Address.ToString(), // until they have started, see below
            ["Services:Planning"] = Address.ToString(),
            ["Identity:Clients:planning:Secret"] = planningSecret,
            ["Identity:Clients:feedback:Secret"] = feedbackSecret,
            ["Fhir:Base"] = new Uri(Address, "fhir").ToString(),
            ["Demo:FhirBase"] = settings["Demo:FhirBase"] ?? new Uri(Address, "gp-system/fhir").ToString(),
        });
        var planning = await Start(Planning.Program.Create, new(Sections(settings, "Matching", "Norms", "Planning", "Inviting", "Mail", "Keeping"))
        {
            ["Authentication:Authority"] = authority,
            ["Authentication:ClientId"] = "planning",
            ["Authentication:ClientSecret"] = planningSecret,
            ["Services:ReferralIntake"] = intake,
            ["Conversing:AllowEarly"] = settings["Conversing:AllowEarly"],
            ["Registry:File"] = settings["Registry:File"],
            ["Inviting:Site"] = settings["Inviting:Site"] ?? Address.ToString(),
            ["Registry:LiberationDay"] = settings["Registry:LiberationDay"],
            ["Registry:GoodFriday"] = settings["Registry:GoodFriday"],
        });
        var feedback = await Start(Feedback.Program.Create, new(Sections(settings, "Claiming", "Keeping", "Returning", "Practices"))
        {
            ["Authentication:Authority"] = authority,
            ["Authentication:ClientId"] = "feedback",
            ["Authentication:ClientSecret"] = feedbackSecret,
            ["Services:ReferralIntake"] = intake,
            ["Services:Planning"] = planning,
            ["Explaining:Region"] = settings["Explaining:Region"],
            ["Printing:Logo"] = settings["Printing:Logo"],
            ["Researching:Certificate"] = settings["Researching:Certificate"],
            ["Researching:Euros"] = settings["Researching:Euros"],
            ["Explaining:Telephone"] = settings["Explaining:Telephone"] ?? settings["Inviting:Telephone"],
        });
        (_apps[0].Configuration["Services:Planning"], _apps[0].Configuration["Services:Feedback"]) = (planning, feedback);
        var gpSystem = settings.IsDemo()
            ? await Start(GpSystem.Program.Create, new()
            {
                ["Authentication:Authority"] = authority,
                ["GpSystem:Intake"] = Address.ToString(),
                ["GpSystem:ClientId"] = "demo-practice",
                ["GpSystem:ClientSecret"] = "demo",
            })
            : null;
        await Start(Gateway.Program.Create, new()
        {
            ["urls"] = urls,
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = settings["OTEL_EXPORTER_OTLP_ENDPOINT"],
            ["Gateway:ReferralIntake"] = intake,
            ["Gateway:Planning"] = planning,
            ["Gateway:Feedback"] = feedback,
            ["Gateway:GpSystem"] = gpSystem,
        });
    }

    private async Task<string> Start(
        Func<string[], Action<WebApplicationBuilder>?, WebApplication> create, Dictionary<string, string?> settings)
    {
        var app = create(_shared, builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["urls"] = "http://127.0.0.1:0",
                ["Database:Provider"] = "Sqlite",
                ["Database:ConnectionString"] = null,
                ["Messaging:Transport"] = "Embedded",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "", // the gateway exports for the whole process
                ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
            });
            builder.Configuration.AddInMemoryCollection(settings.Where(s => s.Value is not null));
            builder.Services.AddSingleton(_bus);
        });
        _apps.Add(app);
        await app.StartAsync();
        return app.Urls.First();
    }

    // As they were given, with an option or in any other way.
    private static Dictionary<string, string?> Sections(IConfiguration settings, params string[] names) => names
        .SelectMany(name => settings.GetSection(name).AsEnumerable()).Where(s => s.Value is not null).ToDictionary(s => s.Key, s => s.Value);

    // In one process nobody else needs to know it, unless a region's own authority gave it out.
    private static string Secret(IConfiguration settings, string client) =>
        settings[$"Identity:Clients:{client}:Secret"] ?? Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
}

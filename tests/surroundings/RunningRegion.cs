using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace VGIntegration.Surroundings;

/// <summary>
/// The whole system as real processes behind one address: on the embedded default in one process, or as in
/// docker-compose.yml in four, on RabbitMQ and PostgreSQL. Its practice is the client demo-practice.
/// </summary>
public sealed partial class RunningRegion : IAsyncDisposable
{
    private readonly Dictionary<string, ServiceProcess> _processes = [];

    private RunningRegion(Uri address) => Address = address;

    /// <summary>For people and GP systems.</summary>
    public Uri Address { get; }

    /// <summary>standalone; or gateway, referral-intake, planning and feedback.</summary>
    public IReadOnlyDictionary<string, ServiceProcess> Processes => _processes;

    /// <summary>Where each service keeps its data, to look into.</summary>
    public IReadOnlyDictionary<string, string> Databases { get; private init; } = new Dictionary<string, string>();

    /// <summary>One process, SQLite, no broker: what `dotnet run --project services/standalone -- --demo` starts.</summary>
    public static async Task<RunningRegion> InOneProcess(
        string logs, Uri? fhirBase = null, string? registry = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var (port, data) = (Sandbox.FreePort(), Sandbox.Folder("standalone"));
        var region = new RunningRegion(new Uri($"http://127.0.0.1:{port}"))
        {
            Databases = new[] { "referral-intake", "planning", "feedback" }.ToDictionary(s => s, s => $"Data Source={Path.Combine(data, $"{s}.db")}"),
        };
        var all = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
        {
            ["Demo__FhirBase"] = fhirBase?.ToString(),
            ["Registry__File"] = registry,
        };
        region._processes["standalone"] = await ServiceProcess.Start(
            Repository.Dll("services/standalone"), logs, ["--demo", $"--data={data}"], Given(all), port);
        return region;
    }

    /// <summary>
    /// Each service by itself, with exactly the environment of docker-compose.yml; PostgreSQL takes the place of SQL Server,
    /// and addresses are of this machine. The log-ins of the demo take the place of the region's own authority.
    /// </summary>
    public static async Task<RunningRegion> OnRabbitMq(
        string logs, PostgreSqlServer postgres, Uri broker, Uri fhirBase, string? registry = null,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        string[] services = ["referral-intake", "planning", "feedback"];
        var ports = services.Append("gateway").ToDictionary(s => s, _ => Sandbox.FreePort());
        var databases = new Dictionary<string, string>();
        foreach (var service in services)
        {
            databases[service] = await postgres.CreateDatabase();
        }

        var region = new RunningRegion(new Uri($"http://127.0.0.1:{ports["gateway"]}")) { Databases = databases };
        var identity = Sandbox.Folder("identity");
        foreach (var service in services.Append("gateway"))
        {
            var settings = Compose(service, region.Address);
            foreach (var (name, value) in settings.ToList())
            {
                settings[name] = name switch
                {
                    "ASPNETCORE_URLS" => null,
                    "Database__Provider" => "PostgreSql",
                    "Database__ConnectionString" => databases[service],
                    "Messaging__ConnectionString" => broker.ToString(),
                    "data" => identity,
                    "Mail__Host" => null, // mail goes to the folder
                    _ when name.StartsWith("Kestrel__", StringComparison.Ordinal) => null,
                    _ => Compose8080().Replace(value!, m => $"http://127.0.0.1:{ports[m.Groups[1].Value]}"),
                };
            }

            foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            {
                settings[name] = value;
            }

            settings["Demo__FhirBase"] = service == "referral-intake" ? fhirBase.ToString() : null;
            settings["Registry__File"] = service == "planning" ? registry : null;
            region._processes[service] = new ServiceProcess(
                Repository.Dll(service == "gateway" ? "deploy/gateway" : $"services/{service}"), logs,
                service is "feedback" or "gateway" ? [] : ["--demo"], Given(settings), ports[service]);
        }

        await Task.WhenAll(region._processes.Values.Select(p => p.StartAgain(untilReady: false)));
        await Task.WhenAll(region._processes.Values.Select(p => p.Ready()));
        return region;
    }

    /// <summary>The environment of a service in docker-compose.yml, with values for its ${VARIABLES}.</summary>
    public static Dictionary<string, string?> Compose(string service, Uri authority)
    {
        var yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        var file = new MergingYaml(File.ReadAllText(Path.Combine(Repository.Root, "docker-compose.yml")));
        var environment = file.Environment(yaml, service);
        return environment.ToDictionary(e => e.Key, e => (string?)Variable().Replace(e.Value, m => m.Groups[1].Value switch
        {
            "VG_AUTHORITY" => authority.ToString(),
            "VG_AUTHORITY_BUILT_IN" => "true",
            "OTEL_EXPORTER_OTLP_ENDPOINT" => "",
            "VG_MAIL_FROM" => "planning@region.test",
            _ when m.Groups[2].Success => m.Groups[2].Value,
            var secret => $"test-{secret.ToLowerInvariant()}",
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await Task.CompletedTask;
        _processes.Values.ToList().ForEach(p => p.Dispose());
    }

    private static Dictionary<string, string?> Given(IReadOnlyDictionary<string, string?> settings) =>
        settings.Append(new("Planning__UndoSeconds", "0")).Append(new("Limiting__PerSecond", "0")).Append(new("Limiting__Seconds", "60")).Where(s => s.Value is not null).DistinctBy(s => s.Key).ToDictionary(s => s.Key, s => s.Value);

    [GeneratedRegex(@"\$\{([A-Z_]+)(?::(?:-([^}]*)|\?[^}]*))?\}")]
    private static partial Regex Variable();

    [GeneratedRegex("http://([a-z-]+):8080")]
    private static partial Regex Compose8080();

    /// <summary>Reads the services of the compose file, with YAML's merge keys.</summary>
    private sealed class MergingYaml(string text)
    {
        internal Dictionary<string, string> Environment(IDeserializer yaml, string service)
        {
            var parser = new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(new StringReader(text)));
            var root = yaml.Deserialize<Dictionary<object, object>>(parser);
            var services = (Dictionary<object, object>)root["services"];
            var environment = (Dictionary<object, object>)((Dictionary<object, object>)services[service])["environment"];
            return environment.ToDictionary(e => $"{e.Key}", e => $"{e.Value}");
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using RabbitMQ.Client;

namespace VGIntegration.Surroundings;

/// <summary>A RabbitMQ of our own: free ports, own folder, own epmd, no systemd.</summary>
public sealed class RabbitMqServer
{
    private static readonly Lazy<Task<RabbitMqServer>> OnlyOne = new(StartNew);

    private readonly string _folder = Sandbox.Folder("rabbitmq");
    private readonly int _port = Sandbox.FreePort();
    private readonly Dictionary<string, string?> _environment;
    private Process? _process;

    private RabbitMqServer()
    {
        var epmd = Sandbox.FreePort();
        File.WriteAllText(Path.Combine(_folder, "enabled_plugins"), "[].\n");
        File.WriteAllText(Path.Combine(_folder, "rabbitmq.conf"), "disk_free_limit.absolute = 100MB\nlog.file.level = info\n");
        _environment = new()
        {
            ["HOME"] = _folder,
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
            ["RABBITMQ_PID_FILE"] = PidFile,
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq.conf"),
            ["RABBITMQ_NODENAME"] = $"vg{_port}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = _port.ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_DIST_PORT"] = Sandbox.FreePort().ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "enabled_plugins"),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
            ["ERL_EPMD_PORT"] = epmd.ToString(CultureInfo.InvariantCulture),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        };
        // Started here and not by Erlang, so that its pid is known and it does not outlive the run.
        Sandbox.Start(
            Path.Combine(_folder, "epmd.log"), _environment, _folder,
            "epmd", "-port", epmd.ToString(CultureInfo.InvariantCulture), "-address", "127.0.0.1");
    }

    /// <summary>The broker that all tests of this process share; whoever kills it starts a new one for itself.</summary>
    public static Task<RabbitMqServer> Shared => OnlyOne.Value;

    /// <summary>The amqp address of the default virtual host.</summary>
    public Uri ConnectionString => new($"amqp://guest:guest@127.0.0.1:{_port}");

    /// <summary>Where the broker writes its logs, for a test that looks for what must not be there.</summary>
    public string Logs => _environment["RABBITMQ_LOG_BASE"]!;

    /// <summary>A new broker with an empty data folder, running.</summary>
    public static async Task<RabbitMqServer> StartNew()
    {
        var server = NotRunning();
        await server.Restart();
        return server;
    }

    /// <summary>A broker that has its address and does not run yet.</summary>
    public static RabbitMqServer NotRunning() => new();

    /// <summary>A new virtual host: queues with the same names as elsewhere, and nothing in them.</summary>
    /// <returns>Its amqp address.</returns>
    public async Task<Uri> CreateVirtualHost()
    {
        var name = $"v{Guid.NewGuid():N}";
        await Sandbox.Run(_environment, "/usr/lib/rabbitmq/bin/rabbitmqctl", "eval", $"""
            rabbit_vhost:add(<<"{name}">>, <<"test">>),
            rabbit_auth_backend_internal:set_permissions(
                <<"guest">>, <<"{name}">>, <<".*">>, <<".*">>, <<".*">>, <<"test">>).
            """);
        return new Uri($"{ConnectionString}{name}");
    }

    /// <summary>Ends the broker at once.</summary>
    public void Kill9() => Sandbox.Kill9(_process ?? throw new InvalidOperationException("RabbitMQ does not run."));

    /// <summary>Starts the broker, again on the same port and data, and waits until a client can connect.</summary>
    public async Task Restart()
    {
        File.Delete(PidFile);
        var script = Sandbox.Start(
            Path.Combine(_folder, "rabbitmq.log"), _environment, _folder, "/usr/lib/rabbitmq/bin/rabbitmq-server");
        await Eventually.Is(async () => int.TryParse(await File.ReadAllTextAsync(PidFile), out _) || script.HasExited);
        var pid = int.Parse(await File.ReadAllTextAsync(PidFile), CultureInfo.InvariantCulture);
        Sandbox.Guarded(pid);
        _process = Process.GetProcessById(pid);
        var factory = new ConnectionFactory { Uri = ConnectionString };
        await Eventually.Is(
            async () =>
            {
                await using var connection = await factory.CreateConnectionAsync();
                return connection.IsOpen;
            },
            TimeSpan.FromSeconds(60));
    }

    private string PidFile => Path.Combine(_folder, "pid");
}

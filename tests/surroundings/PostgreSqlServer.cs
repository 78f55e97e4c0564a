using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace VGIntegration.Surroundings;

/// <summary>A PostgreSQL of our own: free port, own folder, no systemd, as user postgres when we are root.</summary>
public sealed class PostgreSqlServer
{
    private static readonly Lazy<Task<PostgreSqlServer>> OnlyOne = new(StartNew);
    private static readonly Dictionary<string, string?> NoMore = [];

    private readonly string _folder = Sandbox.Folder("postgresql");
    private readonly int _port = Sandbox.FreePort();
    private Process? _process;

    private PostgreSqlServer() { }

    /// <summary>The server that all tests of this process share; whoever kills it starts a new one for itself.</summary>
    public static Task<PostgreSqlServer> Shared => OnlyOne.Value;

    /// <summary>The database postgres, for making others.</summary>
    public string ConnectionString => To("postgres");

    /// <summary>A new server with an empty data folder.</summary>
    public static async Task<PostgreSqlServer> StartNew()
    {
        var server = new PostgreSqlServer();
        if (Environment.UserName == "root")
        {
            await Sandbox.Run(NoMore, "chown", "postgres", server._folder);
        }

        await Sandbox.Run(NoMore, [
            .. AsPostgres(), Program("initdb"), "--pgdata", server.Data, "--username=postgres", "--auth=trust",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]);
        await server.Restart();
        return server;
    }

    /// <summary>A new empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabase()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync();
        return To(name);
    }

    /// <summary>Ends the server at once, as a power cut of the machine's processes would.</summary>
    public void Kill9() => Sandbox.Kill9(_process ?? throw new InvalidOperationException("PostgreSQL does not run."));

    /// <summary>Stops every process of the server where it is: connections stay open, and nothing answers any more.</summary>
    public Task Freeze() => Signal("-STOP");

    /// <summary>Lets a frozen server go on as if nothing had happened.</summary>
    public Task Thaw() => Signal("-CONT");

    private async Task Signal(string signal)
    {
        var own = (_process ?? throw new InvalidOperationException("PostgreSQL does not run.")).Id.ToString(CultureInfo.InvariantCulture);
        var children = await Sandbox.Run(NoMore, "sh", "-c", $"pgrep -P {own} || true");
        await Sandbox.Run(NoMore, "sh", "-c", $"kill {signal} {own} {string.Join(' ', children.Split('\n', StringSplitOptions.RemoveEmptyEntries))} || true");
    }

    /// <summary>Starts the server, again on the same port and data, and waits until it answers.</summary>
    public async Task Restart()
    {
        _process = Launch();
        await Eventually.Is(async () =>
        {
            if (_process.HasExited)
            {
                _process = Launch(); // the killed server's children held its memory a moment longer
            }

            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        });
        NpgsqlConnection.ClearAllPools();
    }

    private Process Launch() => Sandbox.Start(Path.Combine(_folder, "postgresql.log"), NoMore, _folder, [
        .. AsPostgres(), Program("postgres"), "-D", Data, "-p", _port.ToString(CultureInfo.InvariantCulture),
        "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=400",
        "-c", "shared_buffers=128MB"]);

    private string Data => Path.Combine(_folder, "data");

    private string To(string database) => $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database}";

    private static string[] AsPostgres() => Environment.UserName == "root"
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        : [];

    private static string Program(string name) =>
        Directory.EnumerateDirectories("/usr/lib/postgresql").Order().Select(v => Path.Combine(v, "bin", name)).Last(File.Exists);
}

using System.Diagnostics;
using System.Globalization;

namespace VGIntegration.Surroundings;

/// <summary>A built service as a process of its own, as it runs in production.</summary>
public sealed class ServiceProcess : IDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly string _dll;
    private readonly string[] _args;
    private readonly IReadOnlyDictionary<string, string?> _environment;
    private Process? _process;

    /// <param name="dll">The built program; see <see cref="Repository.Dll"/>.</param>
    /// <param name="logs">The folder for what it writes.</param>
    /// <param name="args">Its settings on the command line; --urls is added.</param>
    /// <param name="environment">Its settings in the environment.</param>
    /// <param name="port">Its port; a free one if not given.</param>
    public ServiceProcess(
        string dll, string logs, IEnumerable<string>? args = null,
        IReadOnlyDictionary<string, string?>? environment = null, int? port = null)
    {
        Address = new Uri($"http://127.0.0.1:{port ?? Sandbox.FreePort()}");
        Log = Path.Combine(Directory.CreateDirectory(logs).FullName, $"{Path.GetFileNameWithoutExtension(dll)}-{Address.Port}.log");
        _dll = dll;
        _args = [.. args ?? [], $"--urls={Address.GetLeftPart(UriPartial.Authority)}"];
        _environment = environment ?? new Dictionary<string, string?>();
    }

    /// <summary>Where it listens; the same after a restart.</summary>
    public Uri Address { get; }

    /// <summary>The file with all it wrote to its output, over all its lives.</summary>
    public string Log { get; }

    /// <summary>The id of the running process.</summary>
    public int Id => _process!.Id;

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>How often it ended itself to be started again.</summary>
    public int TimesAskedToBeStartedAgain { get; private set; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ServiceProcess> Start(
        string dll, string logs, IEnumerable<string>? args = null,
        IReadOnlyDictionary<string, string?>? environment = null, int? port = null)
    {
        var service = new ServiceProcess(dll, logs, args, environment, port);
        await service.StartAgain();
        return service;
    }

    /// <summary>Ends it at once.</summary>
    public void Kill9()
    {
        if (_process is { } process)
        {
            Sandbox.Kill9(process);
        }
    }

    /// <summary>Starts it on the same port with the same settings.</summary>
    public async Task StartAgain(bool untilReady = true)
    {
        var folder = Path.GetDirectoryName(Log)!;
        var process = Sandbox.Start(Log, _environment, folder, ["dotnet", _dll, .. _args]);
        process.Exited += (_, _) => AskedToBeStartedAgain(process);
        process.EnableRaisingEvents = true;
        _process = process;
        if (untilReady)
        {
            await Ready();
        }
    }

    // As any supervisor does (restart: unless-stopped in docker-compose.yml); EX_TEMPFAIL is how the watchdog of the bus asks for it.
    private void AskedToBeStartedAgain(Process process)
    {
        if (process.ExitCode == 75 && ReferenceEquals(process, _process))
        {
            TimesAskedToBeStartedAgain++;
            _ = StartAgain(untilReady: false);
        }
    }

    /// <summary>Waits until /health/ready says so.</summary>
    /// <exception cref="InvalidOperationException">It ended; the end of its log is in the text.</exception>
    public async Task Ready(TimeSpan? within = null)
    {
        await Eventually.Is(
            async () =>
            {
                if (!IsRunning)
                {
                    return true;
                }

                using var answer = await Http.GetAsync(new Uri(Address, "/health/ready"));
                return answer.IsSuccessStatusCode;
            },
            within ?? TimeSpan.FromSeconds(60),
            $"{Path.GetFileName(_dll)} is ready; see {Log}");
        if (!IsRunning)
        {
            var end = string.Join('\n', (await File.ReadAllLinesAsync(Log)).TakeLast(15));
            var code = _process?.ExitCode.ToString(CultureInfo.InvariantCulture);
            throw new InvalidOperationException($"{Path.GetFileName(_dll)} ended with code {code}:\n{end}");
        }
    }

    /// <summary>Ends it in the orderly way (SIGTERM) and waits.</summary>
    public async Task Stop()
    {
        if (_process is { HasExited: false } process)
        {
            await Sandbox.Run(_environment, "kill", "-TERM", process.Id.ToString(CultureInfo.InvariantCulture));
            await process.WaitForExitAsync();
        }
    }

    public void Dispose()
    {
        Kill9();
        _process?.Dispose();
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace VGIntegration.Surroundings;

/// <summary>
/// The folder and the processes of one test run. A guard outside this process ends the processes and removes the folder
/// as soon as the test process is gone, however it went.
/// </summary>
public static class Sandbox
{
    private static readonly Lazy<DirectoryInfo> Root = new(Open);

    /// <summary>A new empty folder that is gone after the run.</summary>
    public static string Folder(string name) => Directory.CreateDirectory(Path.Combine(
        Root.Value.FullName, $"{name}-{Guid.NewGuid().ToString("N")[..8]}")).FullName;

    /// <summary>A free port outside the range of outgoing connections, so that it is still free after a kill.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // taken: try another
            }
        }
    }

    /// <summary>Starts a program that writes to the log file by itself, with this process's environment and more.</summary>
    internal static Process Start(
        string log, IReadOnlyDictionary<string, string?> environment, string workingDirectory, params string[] command)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = workingDirectory };
        new[] { "-c", "log=$1; shift; exec \"$@\" </dev/null >>\"$log\" 2>&1", "sh", log }.Concat(command)
            .ToList().ForEach(start.ArgumentList.Add);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        Guarded(process.Id);
        return process;
    }

    /// <summary>Runs a program to its end; its output is in the exception when it fails.</summary>
    internal static async Task<string> Run(IReadOnlyDictionary<string, string?> environment, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{string.Join(' ', command)} failed: {await output}{await errors}");
    }

    /// <summary>The guard will end this process too.</summary>
    internal static void Guarded(int pid) => File.WriteAllText(Pid(pid), "");

    /// <summary>Ends a process at once and waits until it is gone.</summary>
    internal static void Kill9(Process process)
    {
        process.Kill();
        process.WaitForExit();
        File.Delete(Pid(process.Id));
    }

    private static string Pid(int pid) =>
        Path.Combine(Root.Value.FullName, "pids", pid.ToString(CultureInfo.InvariantCulture));

    private static DirectoryInfo Open()
    {
        var root = Directory.CreateTempSubdirectory("vg-test-");
        using var open = Process.Start("chmod", ["755", root.FullName]); // PostgreSQL runs as somebody else
        open.WaitForExit();
        root.CreateSubdirectory("pids");
        const string guard = """
            exec </dev/null >/dev/null 2>&1
            tail --pid="$1" -s 0.5 -f /dev/null
            for pid in "$2"/pids/*; do kill -9 "${pid##*/}"; done
            sleep 1
            rm -rf "$2"
            """;
        using var _ = Process.Start("setsid", ["sh", "-c", guard, "sh", $"{Environment.ProcessId}", root.FullName]);
        return root;
    }
}

using System.Diagnostics;
using System.Text.RegularExpressions;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Journey.Tests;

/// <summary>Does literally what the README tells somebody who connects a GP system.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task A_GP_system_is_connected_by_doing_what_the_README_says()
    {
        var folder = Sandbox.Folder("readme"); // the commands leave a key and a database where they stand
        Directory.CreateSymbolicLink(Path.Combine(folder, "contracts"), Path.Combine(Repository.Root, "contracts"));
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), TestContext.Current.CancellationToken);
        var section = readme.Split("## Connect your GP system in 15 minutes")[1].Split("\n## ")[0];
        var commands = Block().Matches(section).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal("dotnet run --project services/standalone -- --demo", commands[0].Trim());
        using var region = await ServiceProcess.Start(
            Repository.Dll("services/standalone"), Repository.Results("readme"), ["--demo", $"--data={folder}/data"]);

        var output = await Bash(folder, string.Join('\n', commands[1..])
            .Replace("http://localhost:5100", region.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Replace("dotnet run --project ", $"dotnet run --no-build --project {Repository.Root}/", StringComparison.Ordinal));

        Assert.Contains("transaction-response", output, StringComparison.Ordinal);
        Assert.Contains(" 0 failed", output, StringComparison.Ordinal);
        await region.Stop();
    }

    private static async Task<string> Bash(string folder, string commands)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", commands])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(bash.ExitCode == 0, $"{await output}\n{await error}");
        return await output;
    }

    [GeneratedRegex(@"^```\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}

using System.Diagnostics;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Http;

/// <summary>A client that nobody here wrote: fhir-kit-client of npm.</summary>
public sealed class FhirKitClientTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    [Fact]
    public async Task It_creates_reads_searches_updates_and_reads_the_history()
    {
        var folder = Sandbox.Folder("fhir-kit-client");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests/referral-intake/Http/fhir-kit-client")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        await Run(folder, "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], "");
        var seen = await Run(
            folder, "node", ["life.mjs", new Uri(intake.App.Address(), "/fhir").ToString(), LogIns.Token(IntakeHost.Bridge, ["system/*.cruds"])],
            ReferralMessage.Bundle("fhir-kit-1").ToJsonString());

        Assert.Equal("seen", seen.Trim());
    }

    private static async Task<string> Run(string folder, string program, string[] args, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program}: {await error}");
        return await output;
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Practices;

public sealed class PracticesCommandTests
{
    private static readonly string[] Good =
        ["practices", "add", "--name", "De Brug", "--agb", "01007892", "--client-id", "brug", "--client-secret", "een lang geheim", "--fhir-base", "https://brug.example/fhir/"];

    [Fact]
    public async Task A_practice_is_connected_with_its_address_and_its_client()
    {
        var data = Sandbox.Folder("practices");

        var result = await PracticesCommand.Run([.. Good, $"--data={data}"]);

        await using var app = Program.Create([$"--data={data}"]);
        await using var scope = app.Services.CreateAsyncScope();
        var practice = await scope.ServiceProvider.GetRequiredService<IntakeDbContext>().Practices.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, "brug", "https://brug.example/fhir"), (result, practice.ClientId, practice.FhirBase));
    }

    [Theory]
    [InlineData("--agb", "123")]
    [InlineData("--fhir-base", "http://elsewhere.example/fhir")]
    [InlineData("--client-id", "brug", "--delivery", "Pigeon")]
    public async Task What_cannot_work_is_refused(params string[] wrong)
    {
        var args = Good.ToList();
        for (var i = 0; i < wrong.Length; i += 2)
        {
            var at = args.IndexOf(wrong[i]);
            _ = at < 0 ? AddBoth(args, wrong[i], wrong[i + 1]) : args[at + 1] = wrong[i + 1];
        }

        Assert.Equal(1, await PracticesCommand.Run([.. args, $"--data={Sandbox.Folder("practices")}"]));
    }

    [Fact]
    public async Task The_same_client_twice_is_refused()
    {
        var data = Sandbox.Folder("practices");
        await PracticesCommand.Run([.. Good, $"--data={data}"]);

        Assert.Equal(1, await PracticesCommand.Run([.. Good, $"--data={data}"]));
    }

    private static string AddBoth(List<string> args, string name, string value)
    {
        args.AddRange([name, value]);
        return value;
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Identity;

/// <summary>Intake with its built-in authority, with nothing replaced.</summary>
public sealed class AuthorityHost : IAsyncLifetime
{
    public WebApplication App { get; private set; } = null!;

    internal Uri Address => App.Address();

    public ValueTask InitializeAsync() => Start();

    internal static async Task<AuthorityHost> With(params string[] more)
    {
        var host = new AuthorityHost();
        await host.Start(more);
        return host;
    }

    private async ValueTask Start(params string[] more)
    {
        var address = $"http://127.0.0.1:{Sandbox.FreePort()}";
        App = Program.Create(
        [
            $"--urls={address}", $"--data={Sandbox.Folder("identity")}", $"--Authentication:Authority={address}", "--Authentication:BuiltIn=true",
            "--Identity:Clients:planning:Secret=planning-secret", "--Identity:Clients:intake:Secret=intake-secret",
            "--Authentication:ClientId=intake", "--Authentication:ClientSecret=intake-secret", "--Limiting:Seconds=60", .. more,
        ]);
        await App.StartAsync();
    }

    internal HttpClient Client() => new() { BaseAddress = Address };

    internal Task Connect(SigningGp gp, Func<PracticeDetails, PracticeDetails>? bend = null)
    {
        var details = new PracticeDetails { Name = "De Brug", Agb = "01007892", ClientId = gp.Client, Jwks = gp.Jwks };
        return Register(async register => Assert.Empty(await register.Add(bend?.Invoke(details) ?? details, null, "test", default)));
    }

    internal Task Change(string client, Func<PracticeRegister, Practice, Task> change) => InDatabase(async (db, register) =>
        await change(register, await db.Practices.SingleAsync(p => p.ClientId == client)));

    internal Task Register(Func<PracticeRegister, Task> act) => InDatabase((_, register) => act(register));

    private async Task InDatabase(Func<IntakeDbContext, PracticeRegister, Task> act)
    {
        await using var scope = App.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<IntakeDbContext>(), scope.ServiceProvider.GetRequiredService<PracticeRegister>());
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
    }
}

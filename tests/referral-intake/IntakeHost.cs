using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests;

/// <summary>The real service on SQLite, with two practices, a bus without a broker and a clock that stands still.</summary>
public sealed class IntakeHost : IAsyncLifetime
{
    internal const string Bridge = "de-brug";
    internal const string Harbour = "de-haven";

    public WebApplication App { get; private set; } = null!;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    /// <summary>A practice's GP system, with every scope that it may have.</summary>
    internal HttpClient GpSystem(string practice = Bridge) => App.WithToken(practice, "system/*.cruds");

    /// <summary>Settings besides those of every test, such as another database.</summary>
    internal string[] Settings { get; set; } = [];

    public async ValueTask InitializeAsync()
    {
        App = Program.Create([.. LogIns.Settings(Sandbox.Folder("intake")), "--Authentication:BuiltIn=false", .. Settings], builder =>
        {
            builder.UseTestAuthority();
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        });
        await App.StartAsync();
        await InDatabase(async db =>
        {
            if (await db.Practices.AnyAsync())
            {
                return 0; // another instance on the same database was first
            }

            db.Add(Practice.Connect("De Brug", Bridge, "01007892", null, "https://brug.example/fhir", DeliveryMode.Put));
            db.Add(Practice.Connect("De Haven", Harbour, "01007893", null, null, DeliveryMode.Post));
            return await db.SaveChangesAsync();
        });
    }

    internal async Task<T> InDatabase<T>(Func<IntakeDbContext, Task<T>> look)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await look(scope.ServiceProvider.GetRequiredService<IntakeDbContext>());
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
    }
}

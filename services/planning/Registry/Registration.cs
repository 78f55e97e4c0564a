using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry.Exchanging;
using VGIntegration.Planning.Registry.Keeping;

namespace VGIntegration.Planning.Registry;

internal static class Registration
{
    public static void AddRegistry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<KnownRegion>().AddSingleton(HolidaysOf(builder.Configuration));
        builder.Services.AddScoped<KeepRegistry>().AddScoped<DisturbedBookings>().AddScoped<ImportRegistry>();
        var demo = builder.Configuration.IsDemo() ? Path.Combine(builder.Environment.ContentRootPath, "demo-region.json") : null;
        if ((builder.Configuration["Registry:File"] ?? demo) is { Length: > 0 } path)
        {
            builder.Services.AddHostedService(s => new FirstRegion(path, s.GetRequiredService<IServiceScopeFactory>()));
        }
    }

    internal static PublicHolidays HolidaysOf(IConfiguration settings) => new(
        Enum.TryParse<LiberationDay>(settings["Registry:LiberationDay"] ?? nameof(LiberationDay.EveryFiveYears), out var liberation)
            && Enum.IsDefined(liberation)
            ? liberation
            : throw new SettingException($"Registry:LiberationDay is one of {string.Join(", ", Enum.GetNames<LiberationDay>())}."),
        bool.TryParse(settings["Registry:GoodFriday"] ?? "false", out var goodFriday)
            ? goodFriday
            : throw new SettingException("Registry:GoodFriday is true or false."));

    /// <summary>Fills an empty registry at the start; a registry that is kept is never overwritten.</summary>
    private sealed class FirstRegion(string path, IServiceScopeFactory scopes) : IHostedLifecycleService
    {
        // After the migrations, which run in the same phase, and before the first message is consumed.
        public Task StartingAsync(CancellationToken cancellationToken) => scopes.AtStart(
            async services =>
            {
                var db = services.GetRequiredService<PlanningDbContext>();
                if (!await db.Set<Organisation>().AnyAsync(cancellationToken))
                {
                    var region = await RegionFile.Read(path, cancellationToken);
                    db.AddRange(region.Entities());
                    await Save(db, cancellationToken);
                }
            },
            cancellationToken);

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        private async Task Save(PlanningDbContext db, CancellationToken ct)
        {
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException e)
            {
                db.ChangeTracker.Clear();
                if (!await db.Set<Organisation>().AnyAsync(ct)) // else another instance loaded it at the same moment
                {
                    throw new SettingException($"Registry:File {path} does not fit the tables: {e.GetBaseException().Message}");
                }
            }
        }
    }
}

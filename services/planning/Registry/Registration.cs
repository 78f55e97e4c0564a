using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Registry;

internal static class Registration
{
    public static void AddRegistry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<KnownRegion>();
        var demo = builder.Configuration.IsDemo() ? Path.Combine(builder.Environment.ContentRootPath, "demo-region.json") : null;
        if ((builder.Configuration["Registry:File"] ?? demo) is { Length: > 0 } path)
        {
            builder.Services.AddHostedService(s => new FirstRegion(path, s.GetRequiredService<IServiceScopeFactory>()));
        }
    }

    /// <summary>Fills an empty registry at the start; a registry that is kept is never overwritten.</summary>
    private sealed class FirstRegion(string path, IServiceScopeFactory scopes) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PlanningDbContext>();
            if (!await db.Set<Organisation>().AnyAsync(cancellationToken))
            {
                var region = await RegionFile.Read(path, cancellationToken);
                db.AddRange(region.Entities());
                await db.SaveChangesAsync(cancellationToken);
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

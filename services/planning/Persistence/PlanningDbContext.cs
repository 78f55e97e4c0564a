using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Persistence;

internal abstract class PlanningDbContext(DbContextOptions options) : ServiceDbContext(options)
{
    public DbSet<ReferralJourney> Journeys => Set<ReferralJourney>();
    public DbSet<Conversation> Conversations => Set<Conversation>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PlanningDbContext).Assembly);
    }
}

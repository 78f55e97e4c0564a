using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Receiving;

namespace VGIntegration.ReferralIntake.Persistence;

internal abstract class IntakeDbContext(DbContextOptions options) : ServiceDbContext(options)
{
    public DbSet<Referral> Referrals => Set<Referral>();
    public DbSet<ReferralTask> Tasks => Set<ReferralTask>();
    public DbSet<Practice> Practices => Set<Practice>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(IntakeDbContext).Assembly);
        modelBuilder.UseOpenIddict();
    }
}

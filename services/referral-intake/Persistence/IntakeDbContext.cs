using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Keeping;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Informing;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Receiving;
using VGIntegration.ReferralIntake.Requesting;
using VGIntegration.ReferralIntake.Supplementing;

namespace VGIntegration.ReferralIntake.Persistence;

internal abstract class IntakeDbContext(DbContextOptions options) : ServiceDbContext(options)
{
    public DbSet<Referral> Referrals => Set<Referral>();
    public DbSet<ReferralTask> Tasks => Set<ReferralTask>();
    public DbSet<ReferralDocument> Documents => Set<ReferralDocument>();
    public DbSet<StoredFile> Files => Set<StoredFile>();
    public DbSet<SharingAgreement> Sharing => Set<SharingAgreement>();
    public DbSet<Erasure> Erasures => Set<Erasure>();
    public DbSet<Practice> Practices => Set<Practice>();

    /// <summary>Stores new rows, all or none, and with them the messages among them.</summary>
    /// <param name="keys">The hashes of their keys.</param>
    /// <returns>False, and nothing is stored, when one of the keys is that of an erased referral.</returns>
    internal virtual async Task<bool> Insert(IReadOnlyList<object> rows, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        await using var transaction = await Database.BeginTransactionAsync(ct);
        ChangeTracker.AutoDetectChangesEnabled = false;
        AddRange(rows);
        await SaveChangesAsync(ct);

        // After the rows: who waited for an erasure to end, sees it.
        if (await Erasures.AnyAsync(e => keys.Contains(e.KeyHash), ct))
        {
            return false;
        }

        await transaction.CommitAsync(ct);
        return true;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(IntakeDbContext).Assembly).ApplyConfiguration(new CleanUpRunMapping());
        modelBuilder.UseOpenIddict();
    }
}

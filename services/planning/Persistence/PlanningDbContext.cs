using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Keeping;
using VGIntegration.Planning.Choosing;
using VGIntegration.Planning.Inviting;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Persistence;

internal abstract class PlanningDbContext(DbContextOptions options) : ServiceDbContext(options)
{
    public DbSet<ReferralJourney> Journeys => Set<ReferralJourney>();
    public DbSet<Conversation> Conversations => Set<Conversation>();
    public DbSet<MissedConversation> MissedConversations => Set<MissedConversation>();
    public DbSet<Appointment> Appointments => Set<Appointment>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<Feed> CalendarFeeds => Set<Feed>();
    public DbSet<PersonalLink> PersonalLinks => Set<PersonalLink>();
    public DbSet<ResidentAnswer> ResidentAnswers => Set<ResidentAnswer>();

    /// <summary>When a journey was last saved: what live pages ask for.</summary>
    internal const string ChangedAt = nameof(ChangedAt);

    /// <summary>With how much care a moment is looked at before it is taken; see contracts/decisions/0040.</summary>
    protected virtual IsolationLevel Isolation => IsolationLevel.Serializable;

    /// <summary>What stands between these two moments, as the database would judge it.</summary>
    internal virtual IQueryable<Conversation> Between(DateTimeOffset from, DateTimeOffset until) =>
        Conversations.Where(c => c.StartsAt > from && c.StartsAt < until);

    /// <summary>Who takes a moment, by whatever road, takes it in one transaction with the look whether it is free.</summary>
    /// <exception cref="MomentTakenException">It is not.</exception>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges();
        Stamp();
        var taking = this.Taking();
        if (taking.Count == 0)
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        try
        {
            return await Take(taking, acceptAllChangesOnSuccess, cancellationToken);
        }
        catch (Exception e) when (e.IsDeadlock())
        {
            throw new MomentTakenException(); // two wanted each other's: the other has it
        }
    }

    /// <summary>Nobody else takes a moment of these professionals until this transaction ends.</summary>
    protected virtual Task Reserve(IReadOnlyCollection<Guid> professionals, CancellationToken ct) => Task.CompletedTask;

    private async Task<int> Take(List<Conversation> taking, bool acceptAllChangesOnSuccess, CancellationToken ct)
    {
        var places = (await this.GetService<KnownRegion>().Get(ct)).Locations; // it may ask the database itself, so before a transaction that begins here
        var professionals = taking.SelectMany(c => new[] { c.MentalHealthProfessionalId, c.SocialDomainProfessionalId }).Distinct().ToList();
        if (Database.CurrentTransaction is not null)
        {
            await Reserve(professionals, ct);
            await this.TakeRooms(taking, places, ct);
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, ct);
        }

        await using var transaction = await Database.BeginTransactionAsync(Isolation, ct);
        await Reserve(professionals, ct);
        await this.TakeRooms(taking, places, ct);
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, ct);
        await transaction.CommitAsync(ct);
        return saved;
    }

    private void Stamp()
    {
        var now = this.GetService<TimeProvider>().GetUtcNow();
        foreach (var journey in ChangeTracker.Entries<ReferralJourney>().Where(e => e.State is EntityState.Added or EntityState.Modified))
        {
            journey.Property(ChangedAt).CurrentValue = now;
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PlanningDbContext).Assembly).ApplyConfiguration(new CleanUpRunMapping());
    }
}

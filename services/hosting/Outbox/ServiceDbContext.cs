using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace VGIntegration.Hosting.Outbox;

/// <summary>The database of one service: its own tables, and with them the messages it sends, has received, and who looked.</summary>
public abstract class ServiceDbContext(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    /// <summary>Messages that are stored and not yet delivered.</summary>
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    /// <summary>Messages that were consumed, so that a second copy has no effect.</summary>
    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();

    /// <summary>Who saw or changed what (NEN 7513).</summary>
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    /// <summary>Keys of the log-in cookies, shared by all instances of the service.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Messages saved and not yet committed, and the explicit transaction they are in, if any.</summary>
    internal (List<OutboxMessage> Messages, Guid? Transaction) Unsent { get; set; } = ([], null);

    /// <summary>Sends the message once the next save has committed, and never without it.</summary>
    public void PublishOnSave<T>(T message)
        where T : class => Outbox.Add(OutboxMessage.Of(message));

    /// <summary>After the tables are up to date: what the model cannot say, such as an exclusion constraint. Safe to run again.</summary>
    public virtual Task Complete(CancellationToken ct) => Task.CompletedTask;

    // PostgreSQL plans for the outbox as it mostly is, empty, and would then read all of it at each command while it is not.
    internal Task Forget(List<Guid> messages, CancellationToken ct) => Database.IsNpgsql()
        ? Database.ExecuteSqlAsync($"""SELECT set_config('enable_seqscan', 'off', true); DELETE FROM "Outbox" WHERE "Id" = ANY ({messages})""", ct)
        : Outbox.Where(m => messages.Contains(m.Id)).ExecuteDeleteAsync(ct);

    /// <summary>Saves by a command of the service's own, one transaction; these messages are in it and go out once it has committed.</summary>
    protected async Task SaveBy(Func<Task> command, IReadOnlyCollection<OutboxMessage> messages)
    {
        var queue = this.GetService<OutboxQueue>();
        queue.Stamp(messages);
        await command();
        foreach (var message in messages)
        {
            queue.Enqueue(message);
        }
    }

    /// <summary>The tables every service has.</summary>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<OutboxMessage>(outbox =>
        {
            outbox.ToTable("Outbox");
            outbox.Property(m => m.Id).ValueGeneratedNever();
            outbox.Property(m => m.MessageType).HasMaxLength(300);
            outbox.Property(m => m.LastFailure).HasMaxLength(200);
            outbox.Property(m => m.TraceParent).HasMaxLength(100);
            outbox.HasIndex(m => m.CreatedAt);
        });
        modelBuilder.Entity<InboxMessage>(inbox =>
        {
            inbox.ToTable("Inbox");
            inbox.HasKey(m => new { m.MessageId, m.Consumer });
            inbox.Property(m => m.Consumer).HasMaxLength(200);
            inbox.HasIndex(m => m.ConsumedAt);
        });
        modelBuilder.Entity<AuditEntry>(audit =>
        {
            audit.ToTable("Audit");
            audit.Property(a => a.Id).ValueGeneratedNever();
            audit.Property(a => a.Action).HasMaxLength(1);
            audit.Property(a => a.Who).HasMaxLength(200);
            audit.Property(a => a.OnBehalfOf).HasMaxLength(200);
            audit.Property(a => a.What).HasMaxLength(200);
            audit.Property(a => a.Why).HasMaxLength(100);
            audit.HasIndex(a => a.What);
            audit.HasIndex(a => a.RecordedAt);
        });
        modelBuilder.Entity<DataProtectionKey>().ToTable("DataProtectionKeys");
    }

    /// <summary>All times are UTC; enums are words; SQLite cannot sort a DateTimeOffset and stores a number.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        if (Database.ProviderName is "Microsoft.EntityFrameworkCore.Sqlite")
        {
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        }
        else
        {
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();
        }
    }

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        at => at.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        at => at.ToUniversalTime(), at => at.ToUniversalTime());
}

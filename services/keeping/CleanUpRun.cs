using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Keeping;

/// <summary>What the clean-up did with one kind of data in one night. The key of night and kind keeps two instances apart.</summary>
public sealed class CleanUpRun
{
    private CleanUpRun() { }

    /// <summary>The day on which the night ends, in the Netherlands.</summary>
    public DateOnly Night { get; private set; }

    /// <summary>The kind of data.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>When it began, the last time; UTC.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>When it ended, well or not; UTC.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>How many were removed.</summary>
    public int Removed { get; private set; }

    /// <summary>What is from before this moment was removed; UTC.</summary>
    public DateTimeOffset UpTo { get; private set; }

    /// <summary>The kind of failure; null when there was none. Never a text, which could hold personal data.</summary>
    public string? Failure { get; private set; }

    /// <summary>It was done to the end.</summary>
    public bool IsDone => FinishedAt is not null && Failure is null;

    internal static CleanUpRun Begin(DateOnly night, string kind, Old old) =>
        new() { Night = night, Kind = kind, StartedAt = old.Now, UpTo = old.Before };

    internal void BeginAgain(Old old) => (StartedAt, UpTo, FinishedAt, Failure) = (old.Now, old.Before, null, null);

    internal void Finish(int removed, string? failure, DateTimeOffset now) =>
        (Removed, Failure, FinishedAt) = (Removed + removed, failure, now);
}

/// <summary>The table of reports.</summary>
public sealed class CleanUpRunMapping : IEntityTypeConfiguration<CleanUpRun>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<CleanUpRun> builder)
    {
        builder.ToTable("CleanUpRuns").HasKey(r => new { r.Kind, r.Night });
        builder.Property(r => r.Kind).HasMaxLength(60);
        builder.Property(r => r.Failure).HasMaxLength(200);
        builder.Property(r => r.StartedAt).IsConcurrencyToken();
        builder.Ignore(r => r.IsDone);
        builder.HasIndex(r => r.Night);
    }
}

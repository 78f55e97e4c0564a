using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Planning.Scheduling;

/// <summary>The last thing a planner did with a referral, and how the tables were before it; for as long as it can be undone.</summary>
internal sealed class UndoableStep
{
    public required Guid ReferralId { get; init; }
    public required string By { get; init; }

    /// <summary>What it was: a PlannerAction, or replacing.</summary>
    public required string What { get; init; }

    public required DateTimeOffset Until { get; init; }

    /// <summary>The journey as this step left it; once it is further, nothing is undone.</summary>
    public required int Revision { get; init; }

    /// <summary>Rows and what they held, as JSON. Ids, codes, times, and a note that the journey held already.</summary>
    public required string Before { get; init; }

    /// <summary>The messages that are held until then.</summary>
    public required string Messages { get; init; }
}

internal sealed class UndoableStepMapping : IEntityTypeConfiguration<UndoableStep>
{
    public void Configure(EntityTypeBuilder<UndoableStep> builder)
    {
        builder.ToTable("UndoableSteps").HasKey(u => u.ReferralId);
        builder.Property(u => u.ReferralId).ValueGeneratedNever();
        builder.Property(u => u.By).HasMaxLength(200);
        builder.Property(u => u.What).HasMaxLength(40);
        builder.Property(u => u.Messages).HasMaxLength(400);
        builder.HasIndex(u => u.Until);
    }
}

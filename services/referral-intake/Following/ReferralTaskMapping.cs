using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.ReferralIntake.Following;

internal sealed class ReferralTaskMapping : IEntityTypeConfiguration<ReferralTask>
{
    public void Configure(EntityTypeBuilder<ReferralTask> builder)
    {
        builder.ToTable("Tasks");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Revision).IsConcurrencyToken();
        builder.Property(t => t.DocumentReferenceId).HasMaxLength(100);
        builder.Property(t => t.ClosedBecause).HasMaxLength(40);
        builder.HasIndex(t => t.ReferralId).IsUnique();
        builder.HasIndex(t => new { t.PracticeId, t.AuthoredAt, t.Id });
        builder.HasIndex(t => new { t.PracticeId, t.UpdatedAt, t.Id });
        builder.HasIndex(t => new { t.PracticeId, t.State, t.AuthoredAt });
        builder.OwnsMany(t => t.Events, happened =>
        {
            happened.ToTable("TaskEvents");
            happened.WithOwner().HasForeignKey("TaskId");
            happened.HasKey("TaskId", nameof(HappenedEvent.Publisher), nameof(HappenedEvent.Sequence));
            happened.Property(e => e.Publisher).HasMaxLength(30);
            happened.Property(e => e.Sequence).ValueGeneratedNever();
            happened.Property(e => e.DocumentReferenceId).HasMaxLength(100);
            happened.Property(e => e.ClosedBecause).HasMaxLength(40);
        });
        builder.Navigation(t => t.Events).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class TaskVersionMapping : IEntityTypeConfiguration<TaskVersion>
{
    public void Configure(EntityTypeBuilder<TaskVersion> builder)
    {
        builder.ToTable("TaskHistory");
        builder.HasKey(v => new { v.TaskId, v.Version });
        builder.Property(v => v.Version).ValueGeneratedNever();
        builder.Property(v => v.DocumentReferenceId).HasMaxLength(100);
        builder.Property(v => v.ClosedBecause).HasMaxLength(40);
    }
}

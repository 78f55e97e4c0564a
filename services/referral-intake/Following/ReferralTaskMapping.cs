using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.ReferralIntake.Following;

internal sealed class ReferralTaskMapping : IEntityTypeConfiguration<ReferralTask>
{
    public void Configure(EntityTypeBuilder<ReferralTask> builder)
    {
        builder.ToTable("Tasks");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.Property(t => t.DocumentReferenceId).HasMaxLength(100);
        builder.HasIndex(t => t.ReferralId).IsUnique();
        builder.OwnsMany(t => t.Events, happened =>
        {
            happened.ToTable("TaskEvents");
            happened.WithOwner().HasForeignKey("TaskId");
            happened.HasKey("TaskId", nameof(HappenedEvent.Publisher), nameof(HappenedEvent.Sequence));
            happened.Property(e => e.Publisher).HasMaxLength(30);
            happened.Property(e => e.Sequence).ValueGeneratedNever();
        });
        builder.Navigation(t => t.Events).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.ReferralIntake.Subscribing;

internal sealed class TopicSubscriptionMapping : IEntityTypeConfiguration<TopicSubscription>
{
    public void Configure(EntityTypeBuilder<TopicSubscription> builder)
    {
        builder.ToTable("Subscriptions");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Hindrance).HasMaxLength(30);
        builder.Property(s => s.Endpoint).HasMaxLength(1000);
        builder.Property(s => s.ProtectedAuthorization).HasMaxLength(12_000);
        builder.Property(s => s.Reason).HasMaxLength(500);
        builder.Property(s => s.TaskStatuses).HasMaxLength(200);
        builder.Property(s => s.OurBase).HasMaxLength(500);
        builder.Property(s => s.Revision).IsConcurrencyToken();
        builder.HasIndex(s => s.PracticeId);
    }
}

internal sealed class SubscriptionEventMapping : IEntityTypeConfiguration<SubscriptionEvent>
{
    public void Configure(EntityTypeBuilder<SubscriptionEvent> builder)
    {
        builder.ToTable("SubscriptionEvents");
        builder.HasKey(e => new { e.SubscriptionId, e.Number });
        builder.Property(e => e.Number).ValueGeneratedNever();
        builder.HasIndex(e => new { e.SubscriptionId, e.TaskId, e.TaskVersion }).IsUnique(); // one change is one event
        builder.HasOne<TopicSubscription>().WithMany().HasForeignKey(e => e.SubscriptionId).OnDelete(DeleteBehavior.Cascade);
    }
}

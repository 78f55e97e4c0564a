using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Feedback.Returning;

internal sealed class DeliveryMapping : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("Deliveries");
        delivery.Property(d => d.Id).ValueGeneratedNever();
        delivery.Property(d => d.Key).HasMaxLength(150);
        delivery.Property(d => d.Lane).HasMaxLength(150);
        delivery.Property(d => d.PracticeId).HasMaxLength(100);
        delivery.Property(d => d.PracticeName).HasMaxLength(400);
        delivery.Property(d => d.DocumentReferenceId).HasMaxLength(100);
        delivery.Property(d => d.TraceParent).HasMaxLength(100);
        delivery.Property(d => d.Version).IsConcurrencyToken();
        delivery.HasIndex(d => d.Key).IsUnique();
        delivery.HasIndex(d => d.AdviceId);
        delivery.Ignore(d => d.IsLetter).Ignore(d => d.MayBeThere);
        delivery.HasIndex(d => d.ReferralId);
        delivery.HasIndex(d => new { d.State, d.NextAttemptAt });
        delivery.HasIndex(d => new { d.Lane, d.State });
        delivery.HasIndex(d => new { d.PracticeId, d.State });
        delivery.HasIndex(d => new { d.SubjectId, d.State, d.Number });
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Planning.Journey;

internal sealed class ReferralJourneyMapping : IEntityTypeConfiguration<ReferralJourney>
{
    public void Configure(EntityTypeBuilder<ReferralJourney> builder)
    {
        builder.ToTable("Journeys");
        builder.HasKey(j => j.ReferralId);
        builder.Property(j => j.ReferralId).ValueGeneratedNever();
        builder.Property(j => j.PostcodeDigits).HasMaxLength(4);
        builder.Property(j => j.Language).HasMaxLength(20);
        builder.Property(j => j.Criteria).HasMaxLength(300);
        builder.Property(j => j.Undeliverable).HasMaxLength(20);
        builder.Property(j => j.ClosedBecause).HasMaxLength(40);
        builder.Property(j => j.FactsSequence).IsConcurrencyToken();
        builder.Property(j => j.Told).IsConcurrencyToken();
        builder.Property(j => j.Stage).IsConcurrencyToken();
        builder.HasIndex(j => new { j.Stage, j.IsUrgent, j.ReceivedAt });
        builder.OwnsMany(j => j.Steps, step =>
        {
            step.ToTable("JourneySteps");
            step.WithOwner().HasForeignKey("ReferralId");
            step.HasKey("ReferralId", nameof(JourneyStep.Number));
            step.Property(s => s.Number).ValueGeneratedNever();
        });
        builder.Navigation(j => j.Steps).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

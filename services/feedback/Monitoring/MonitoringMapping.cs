using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Feedback.Monitoring;

internal sealed class MonitoringMapping : IEntityTypeConfiguration<MonitoringForm>
{
    public void Configure(EntityTypeBuilder<MonitoringForm> form)
    {
        form.ToTable("MonitoringForms");
        form.Property(f => f.Id).ValueGeneratedNever();
        form.Property(f => f.Version).IsConcurrencyToken();
        form.HasIndex(f => f.ConversationId).IsUnique();
        form.HasIndex(f => f.ConversationOn);
        form.HasIndex(f => f.Position).IsUnique(); // two that are sent in at once: one of them is the later
        form.ComplexProperty(f => f.Duo, duo =>
        {
            duo.Property(d => d.Company).HasMaxLength(100);
            duo.Property(d => d.NextSteps).HasMaxLength(200);
            duo.Property(d => d.Learned).HasMaxLength(NoNames.Longest);
        });
        form.Ignore(f => f.Missing).Ignore(f => f.Corrections);
        form.OwnsMany<Correction>("_corrections", correction =>
        {
            correction.ToTable("MonitoringCorrections");
            correction.WithOwner().HasForeignKey("FormId");
            correction.HasKey("FormId", nameof(Correction.Number));
            correction.Property(c => c.Number).ValueGeneratedNever();
            correction.Property(c => c.Reason).HasMaxLength(NoNames.Longest);
        });
    }
}

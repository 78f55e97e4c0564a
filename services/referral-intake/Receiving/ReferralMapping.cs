using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.ReferralIntake.Receiving;

internal sealed class ReferralMapping : IEntityTypeConfiguration<Referral>
{
    public void Configure(EntityTypeBuilder<Referral> builder)
    {
        builder.ToTable("Referrals");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.SourceSystem).HasMaxLength(200);
        builder.Property(r => r.SourceValue).HasMaxLength(200);
        builder.Property(r => r.ContentHash).HasMaxLength(64);
        builder.Property(r => r.Priority).HasMaxLength(10);
        builder.Property(r => r.ZorgDomeinNumber).HasMaxLength(50);
        builder.Property(r => r.Criteria).HasMaxLength(300);
        builder.Property(r => r.Referrer).HasMaxLength(300);
        builder.Ignore(r => r.CriterionCodes);
        builder.HasIndex(r => new { r.PracticeId, r.SourceSystem, r.SourceValue }).IsUnique();
        builder.ComplexProperty(r => r.Resident, resident =>
        {
            resident.Property(p => p.Name).HasMaxLength(300);
            resident.Property(p => p.Bsn).HasMaxLength(9);
            resident.Property(p => p.Telephones).HasMaxLength(300);
            resident.Property(p => p.Email).HasMaxLength(300);
            resident.Property(p => p.Address).HasMaxLength(500);
            resident.Property(p => p.PostalCode).HasMaxLength(7);
            resident.Property(p => p.Language).HasMaxLength(20);
            resident.Property(p => p.PatientReference).HasMaxLength(300);
        });
    }
}

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
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.Ignore(r => r.CriterionCodes);
        builder.HasIndex(r => new { r.PracticeId, r.ReceivedAt, r.Id });
        builder.HasIndex(r => new { r.PracticeId, r.UpdatedAt, r.Id });
        builder.HasIndex(r => new { r.PracticeId, r.ZorgDomeinNumber }).HasFilter("\"ZorgDomeinNumber\" IS NOT NULL");
        builder.HasIndex(r => new { r.PracticeId, r.SourceValue, r.SourceSystem }).IsUnique();
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

internal sealed class ReferralVersionMapping : IEntityTypeConfiguration<ReferralVersion>
{
    public void Configure(EntityTypeBuilder<ReferralVersion> builder)
    {
        builder.ToTable("ReferralHistory");
        builder.HasKey(v => new { v.ReferralId, v.Version });
        builder.Property(v => v.Version).ValueGeneratedNever();
    }
}

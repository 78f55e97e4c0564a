using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Planning.Choosing;

internal sealed class PersonalLinkMapping : IEntityTypeConfiguration<PersonalLink>, IEntityTypeConfiguration<ResidentAnswer>
{
    public void Configure(EntityTypeBuilder<PersonalLink> builder)
    {
        builder.ToTable("PersonalLinks").Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.TokenHash).HasMaxLength(64);
        builder.HasIndex(l => l.TokenHash).IsUnique();
        builder.HasIndex(l => l.ReferralId);
        builder.HasIndex(l => l.ExpiresAt);
    }

    public void Configure(EntityTypeBuilder<ResidentAnswer> builder)
    {
        builder.ToTable("ResidentAnswers").HasKey(a => a.ReferralId);
        builder.Property(a => a.ReferralId).ValueGeneratedNever();
        builder.Property(a => a.Companion).HasMaxLength(20);
        builder.Property(a => a.Language).HasMaxLength(20);
        builder.Property(a => a.Needs).HasMaxLength(200);
        builder.Property(a => a.Version).IsConcurrencyToken();
    }
}

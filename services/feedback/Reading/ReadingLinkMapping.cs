using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Feedback.Reading;

internal sealed class ReadingLinkMapping : IEntityTypeConfiguration<ReadingLink>
{
    public void Configure(EntityTypeBuilder<ReadingLink> link)
    {
        link.ToTable("ReadingLinks");
        link.Property(l => l.Id).ValueGeneratedNever();
        link.Property(l => l.TokenHash).HasMaxLength(64);
        link.HasIndex(l => l.TokenHash).IsUnique();
        link.HasIndex(l => l.AdviceId);
        link.HasIndex(l => l.ExpiresAt);
    }
}

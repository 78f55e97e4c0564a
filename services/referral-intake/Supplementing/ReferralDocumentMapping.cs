using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.ReferralIntake.Supplementing;

internal sealed class ReferralDocumentMapping : IEntityTypeConfiguration<ReferralDocument>
{
    public void Configure(EntityTypeBuilder<ReferralDocument> builder)
    {
        builder.ToTable("Documents");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.PublicId).HasMaxLength(100);
        builder.Property(d => d.SourceSystem).HasMaxLength(200);
        builder.Property(d => d.SourceValue).HasMaxLength(200);
        builder.Property(d => d.ContentHash).HasMaxLength(64);
        builder.HasIndex(d => new { d.PracticeId, d.PublicId }).IsUnique();
        builder.HasIndex(d => new { d.PracticeId, d.SourceValue, d.SourceSystem }).IsUnique();
        builder.HasIndex(d => new { d.PracticeId, d.ReceivedAt, d.Id });
        builder.HasIndex(d => d.ReferralId);
    }
}

internal sealed class StoredFileMapping : IEntityTypeConfiguration<StoredFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> builder)
    {
        builder.ToTable("Files");
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.ContentType).HasMaxLength(30);
        builder.Property(f => f.Name).HasMaxLength(120);
        builder.Property(f => f.Sha1).HasMaxLength(20);
        builder.HasIndex(f => f.ReferralId);
        builder.HasIndex(f => f.DocumentId);
        builder.HasIndex(f => new { f.ReceivedAt }).HasFilter("\"DocumentId\" IS NULL");
    }
}

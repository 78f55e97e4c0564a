using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Planning.Registry;

internal sealed class RegistryChangeMapping : IEntityTypeConfiguration<RegistryChange>
{
    public void Configure(EntityTypeBuilder<RegistryChange> builder)
    {
        builder.ToTable("RegistryChanges").Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Kind).HasMaxLength(40);
        builder.Property(c => c.Who).HasMaxLength(200);
        builder.HasIndex(c => new { c.RecordId, c.Version });
        builder.HasIndex(c => c.At);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Planning.Registry;

internal sealed class RegistryMapping :
    IEntityTypeConfiguration<Professional>, IEntityTypeConfiguration<Organisation>, IEntityTypeConfiguration<Agreement>,
    IEntityTypeConfiguration<Duo>, IEntityTypeConfiguration<FixedMoment>, IEntityTypeConfiguration<Location>, IEntityTypeConfiguration<PostcodeArea>
{
    public void Configure(EntityTypeBuilder<Professional> builder)
    {
        builder.ToTable("Professionals").Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Name).HasMaxLength(200);
        builder.Property(p => p.Profession).HasMaxLength(100);
        builder.Property(p => p.Telephone).HasMaxLength(30);
        builder.Property(p => p.Login).HasMaxLength(200);
        builder.Property(p => p.Languages).HasMaxLength(200);
        builder.HasIndex(p => p.Login);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(p => p.OrganisationId);
    }

    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.ToTable("Organisations").Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.Name).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<Agreement> builder) =>
        builder.ToTable("Agreements").Property(a => a.Id).ValueGeneratedNever();

    public void Configure(EntityTypeBuilder<Duo> builder) =>
        builder.ToTable("Duos").Property(d => d.Id).ValueGeneratedNever();

    public void Configure(EntityTypeBuilder<FixedMoment> builder)
    {
        builder.ToTable("FixedMoments").Property(m => m.Id).ValueGeneratedNever();
        builder.HasOne<Duo>().WithMany().HasForeignKey(m => m.DuoId);
        builder.HasOne<Location>().WithMany().HasForeignKey(m => m.LocationId);
    }

    public void Configure(EntityTypeBuilder<Location> builder)
    {
        builder.ToTable("Locations").Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Name).HasMaxLength(200);
        builder.Property(l => l.Address).HasMaxLength(300);
    }

    public void Configure(EntityTypeBuilder<PostcodeArea> builder)
    {
        builder.ToTable("PostcodeAreas").HasKey(p => p.Digits);
        builder.Property(p => p.Digits).HasMaxLength(4);
    }
}

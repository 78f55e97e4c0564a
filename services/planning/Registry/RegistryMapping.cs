using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Planning.Registry;

internal sealed class RegistryMapping :
    IEntityTypeConfiguration<Professional>, IEntityTypeConfiguration<Organisation>, IEntityTypeConfiguration<Agreement>,
    IEntityTypeConfiguration<Duo>, IEntityTypeConfiguration<FixedMoment>, IEntityTypeConfiguration<Location>, IEntityTypeConfiguration<PostcodeArea>,
    IEntityTypeConfiguration<Role>, IEntityTypeConfiguration<Absence>, IEntityTypeConfiguration<MomentPause>, IEntityTypeConfiguration<Holiday>
{
    public void Configure(EntityTypeBuilder<Professional> builder)
    {
        builder.ToTable("Professionals").Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Name).HasMaxLength(200);
        builder.Property(p => p.Profession).HasMaxLength(100);
        builder.Property(p => p.Telephone).HasMaxLength(30);
        builder.Property(p => p.Login).HasMaxLength(200);
        builder.Property(p => p.Languages).HasMaxLength(200);
        builder.Property(p => p.Email).HasMaxLength(200);
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.HasIndex(p => p.Login);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(p => p.OrganisationId);
    }

    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.ToTable("Organisations").Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.Name).HasMaxLength(200);
        builder.Property(o => o.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<Agreement> builder)
    {
        builder.ToTable("Agreements").Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<Duo> builder)
    {
        builder.ToTable("Duos").Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<FixedMoment> builder)
    {
        builder.ToTable("FixedMoments").Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Version).IsConcurrencyToken();
        builder.HasOne<Duo>().WithMany().HasForeignKey(m => m.DuoId);
        builder.HasOne<Location>().WithMany().HasForeignKey(m => m.LocationId);
    }

    public void Configure(EntityTypeBuilder<Location> builder)
    {
        builder.ToTable("Locations").Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Name).HasMaxLength(200);
        builder.Property(l => l.Address).HasMaxLength(300);
        builder.Property(l => l.Email).HasMaxLength(200);
        builder.Property(l => l.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<PostcodeArea> builder)
    {
        builder.ToTable("PostcodeAreas").HasKey(p => p.Digits);
        builder.Property(p => p.Digits).HasMaxLength(4);
    }

    public void Configure(EntityTypeBuilder<Role> builder)
    {
        builder.ToTable("Roles").Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Name).HasMaxLength(100);
        builder.Property(r => r.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<Absence> builder)
    {
        builder.ToTable("Absences").Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasOne<Professional>().WithMany().HasForeignKey(a => a.ProfessionalId);
    }

    public void Configure(EntityTypeBuilder<MomentPause> builder)
    {
        builder.ToTable("MomentPauses").Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Why).HasMaxLength(200);
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.HasOne<FixedMoment>().WithMany().HasForeignKey(p => p.FixedMomentId);
    }

    public void Configure(EntityTypeBuilder<Holiday> builder)
    {
        builder.ToTable("Holidays").Property(h => h.Id).ValueGeneratedNever();
        builder.Property(h => h.Name).HasMaxLength(100);
        builder.Property(h => h.Version).IsConcurrencyToken();
    }
}

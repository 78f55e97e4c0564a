using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Planning.Inviting;

internal sealed class AppointmentMapping : IEntityTypeConfiguration<Appointment>, IEntityTypeConfiguration<Notice>, IEntityTypeConfiguration<Feed>
{
    public void Configure(EntityTypeBuilder<Appointment> builder)
    {
        builder.ToTable("Appointments").HasKey(a => a.ConversationId);
        builder.Property(a => a.ConversationId).ValueGeneratedNever();
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.Ignore(a => a.Professionals);
        builder.HasIndex(a => a.ReferralId);
        builder.HasIndex(a => new { a.MentalHealthProfessionalId, a.StartsAt });
        builder.HasIndex(a => new { a.SocialDomainProfessionalId, a.StartsAt });
        builder.HasIndex(a => a.ChangedAt);
        builder.HasIndex(a => a.StartsAt);
    }

    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("Notices").Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Version).IsConcurrencyToken();

        // One notice for each change and addressee: the same message twice makes none more.
        builder.HasIndex(n => new { n.SubjectId, n.Sequence, n.Kind, n.AddresseeId }).IsUnique();
        builder.HasIndex(n => new { n.State, n.NextAttemptAt });
        builder.HasIndex(n => new { n.ReferralId, n.CreatedAt });
        builder.HasIndex(n => n.CreatedAt);
    }

    public void Configure(EntityTypeBuilder<Feed> builder)
    {
        builder.ToTable("CalendarFeeds").HasKey(f => f.ProfessionalId);
        builder.Property(f => f.ProfessionalId).ValueGeneratedNever();
        builder.Property(f => f.SecretHash).HasMaxLength(64);
        builder.HasIndex(f => f.SecretHash).IsUnique();
    }
}

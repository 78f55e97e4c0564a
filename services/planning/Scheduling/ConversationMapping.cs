using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Planning.Scheduling;

internal sealed class ConversationMapping : IEntityTypeConfiguration<Conversation>
{
    public void Configure(EntityTypeBuilder<Conversation> builder)
    {
        builder.ToTable("Conversations");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Reasons).HasMaxLength(300);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasIndex(c => c.ReferralId).IsUnique();

        // Nobody is in two places, and two duos are not in one: the database is the judge when two planners, or two services, choose at once.
        builder.HasIndex(c => new { c.MentalHealthProfessionalId, c.StartsAt }).IsUnique();
        builder.HasIndex(c => new { c.SocialDomainProfessionalId, c.StartsAt }).IsUnique();
        builder.HasIndex(c => new { c.LocationId, c.Room, c.StartsAt }).IsUnique();
        builder.HasIndex(c => c.StartsAt);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Planning.Scheduling;

internal sealed class MissedConversationMapping : IEntityTypeConfiguration<MissedConversation>
{
    public void Configure(EntityTypeBuilder<MissedConversation> builder)
    {
        builder.ToTable("MissedConversations");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasIndex(c => c.ReferralId);
        builder.HasIndex(c => c.StartsAt);
    }
}

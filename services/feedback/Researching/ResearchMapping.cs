using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Feedback.Researching;

internal sealed class ResearchMapping : IEntityTypeConfiguration<ResearchParticipation>
{
    public void Configure(EntityTypeBuilder<ResearchParticipation> research)
    {
        research.ToTable("Research");
        research.Property(r => r.Id).ValueGeneratedNever();
        research.Property(r => r.AskedBy).HasMaxLength(200);
        research.Property(r => r.TextVersion).HasMaxLength(20);
        research.Property(r => r.Version).IsConcurrencyToken();
        research.HasIndex(r => r.ReferralId).IsUnique();
        research.Ignore(r => r.TakesPart).Ignore(r => r.Questionnaires);
        research.OwnsMany<Questionnaire>("_questionnaires", questionnaire =>
        {
            questionnaire.ToTable("ResearchQuestionnaires");
            questionnaire.WithOwner().HasForeignKey("ParticipationId");
            questionnaire.HasKey("ParticipationId", nameof(Questionnaire.Moment));
        });
    }
}

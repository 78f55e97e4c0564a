using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Feedback.Advising;

internal sealed class AdviceMapping : IEntityTypeConfiguration<Advice>, IEntityTypeConfiguration<AdviceEdition>
{
    public void Configure(EntityTypeBuilder<Advice> advice)
    {
        advice.ToTable("Advices");
        advice.Property(a => a.Id).ValueGeneratedNever();
        advice.Property(a => a.Version).IsConcurrencyToken();
        advice.HasIndex(a => a.ReferralId).IsUnique();
        advice.ComplexProperty(a => a.Text);
        advice.ComplexProperty(a => a.Proposed);
        advice.ComplexProperty(a => a.Resident);
        advice.OwnsOne(a => a.MentalHealth, Author);
        advice.OwnsOne(a => a.SocialDomain, Author);
        advice.Navigation(a => a.MentalHealth).IsRequired();
        advice.Navigation(a => a.SocialDomain).IsRequired();
        advice.HasMany(a => a.Editions).WithOne().HasForeignKey(e => e.AdviceId);
        advice.Ignore(a => a.Authors).Ignore(a => a.IsFinal).Ignore(a => a.HasMarks);
    }

    public void Configure(EntityTypeBuilder<AdviceEdition> edition)
    {
        edition.ToTable("AdviceEditions");
        edition.HasKey(e => new { e.AdviceId, e.Number });
        edition.Property(e => e.Number).ValueGeneratedNever();
        edition.ComplexProperty(e => e.Text);
        edition.ComplexProperty(e => e.Proposed);
        edition.ComplexProperty(e => e.Resident);
        edition.Ignore(e => e.IsFinal).Ignore(e => e.DatedAt).Ignore(e => e.TextForGp).Ignore(e => e.ProposedToGp);
    }

    private static void Author(OwnedNavigationBuilder<Advice, Author> author)
    {
        author.Property(a => a.Login).HasMaxLength(200);
        author.HasIndex(a => a.Login);
    }
}

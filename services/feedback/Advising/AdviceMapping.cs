using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Feedback.Advising;

internal sealed class AdviceMapping : IEntityTypeConfiguration<Advice>
{
    public void Configure(EntityTypeBuilder<Advice> advice)
    {
        advice.ToTable("Advices");
        advice.Property(a => a.Id).ValueGeneratedNever();
        advice.Property(a => a.Version).IsConcurrencyToken();
        advice.HasIndex(a => a.ReferralId).IsUnique();
        advice.ComplexProperty(a => a.Text);
        advice.OwnsOne(a => a.MentalHealth, Author);
        advice.OwnsOne(a => a.SocialDomain, Author);
        advice.Navigation(a => a.MentalHealth).IsRequired();
        advice.Navigation(a => a.SocialDomain).IsRequired();
        advice.Ignore(a => a.Authors).Ignore(a => a.TextForGp).Ignore(a => a.IsFinal);
    }

    private static void Author(OwnedNavigationBuilder<Advice, Author> author)
    {
        author.Property(a => a.Login).HasMaxLength(200);
        author.HasIndex(a => a.Login);
    }
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Keeping;
using VGIntegration.Feedback.Researching;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Keeping;

namespace VGIntegration.Feedback.Persistence;

internal abstract class FeedbackDbContext(DbContextOptions options) : ServiceDbContext(options)
{
    public DbSet<Advice> Advices => Set<Advice>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<SentLetter> SentLetters => Set<SentLetter>();

    public DbSet<ResearchParticipation> Research => Set<ResearchParticipation>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfiguration(new AdviceMapping()).ApplyConfiguration(new DeliveryMapping())
            .ApplyConfiguration(new SentLetterMapping()).ApplyConfiguration(new ResearchMapping())
            .ApplyConfiguration(new ErasedReferralMapping()).ApplyConfiguration(new CleanUpRunMapping());
    }
}

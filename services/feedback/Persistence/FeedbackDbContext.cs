using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.HandingOver;
using VGIntegration.Feedback.Reading;
using VGIntegration.Feedback.Researching;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Persistence;

internal abstract class FeedbackDbContext(DbContextOptions options) : ServiceDbContext(options)
{
    public DbSet<Advice> Advices => Set<Advice>();

    public DbSet<AdviceEdition> AdviceEditions => Set<AdviceEdition>();

    public DbSet<ReadingLink> ReadingLinks => Set<ReadingLink>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<DeliveryAttempt> Attempts => Set<DeliveryAttempt>();

    public DbSet<SentLetter> SentLetters => Set<SentLetter>();

    public DbSet<LetterHandOver> LetterHandOvers => Set<LetterHandOver>();

    public DbSet<ResearchParticipation> Research => Set<ResearchParticipation>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfiguration<Advice>(new AdviceMapping()).ApplyConfiguration<AdviceEdition>(new AdviceMapping()).ApplyConfiguration(new ReadingLinkMapping())
            .ApplyConfiguration(new DeliveryMapping()).ApplyConfiguration(new DeliveryAttemptMapping())
            .ApplyConfiguration(new SentLetterMapping()).ApplyConfiguration(new LetterHandOverMapping()).ApplyConfiguration(new ResearchMapping());
    }
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Claiming;
using VGIntegration.Feedback.HandingOver;
using VGIntegration.Feedback.Keeping;
using VGIntegration.Feedback.Monitoring;
using VGIntegration.Feedback.Reading;
using VGIntegration.Feedback.Researching;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Keeping;

namespace VGIntegration.Feedback.Persistence;

internal abstract class FeedbackDbContext(DbContextOptions options) : ServiceDbContext(options)
{
    public DbSet<Advice> Advices => Set<Advice>();

    public DbSet<AdviceEdition> AdviceEditions => Set<AdviceEdition>();

    public DbSet<ReadingLink> ReadingLinks => Set<ReadingLink>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<DeliveryAttempt> Attempts => Set<DeliveryAttempt>();

    public DbSet<SentLetter> SentLetters => Set<SentLetter>();

    public DbSet<ClaimLine> ClaimLines => Set<ClaimLine>();

    public DbSet<ExportRun> ExportRuns => Set<ExportRun>();

    public DbSet<ExportedLine> ExportedLines => Set<ExportedLine>();

    public DbSet<LetterHandOver> LetterHandOvers => Set<LetterHandOver>();

    public DbSet<ResearchParticipation> Research => Set<ResearchParticipation>();

    public DbSet<MonitoringForm> MonitoringForms => Set<MonitoringForm>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(FeedbackDbContext).Assembly).ApplyConfiguration(new CleanUpRunMapping());
    }
}

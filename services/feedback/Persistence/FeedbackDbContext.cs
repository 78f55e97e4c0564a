using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Claiming;
using VGIntegration.Feedback.Researching;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Persistence;

internal abstract class FeedbackDbContext(DbContextOptions options) : ServiceDbContext(options)
{
    public DbSet<Advice> Advices => Set<Advice>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<SentLetter> SentLetters => Set<SentLetter>();

    public DbSet<ClaimLine> ClaimLines => Set<ClaimLine>();

    public DbSet<ExportRun> ExportRuns => Set<ExportRun>();

    public DbSet<ExportedLine> ExportedLines => Set<ExportedLine>();

    public DbSet<ResearchParticipation> Research => Set<ResearchParticipation>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfiguration(new AdviceMapping()).ApplyConfiguration(new DeliveryMapping())
            .ApplyConfiguration(new SentLetterMapping()).ApplyConfiguration(new ResearchMapping())
            .ApplyConfiguration<ClaimLine>(new ClaimMapping()).ApplyConfiguration<ExportRun>(new ClaimMapping())
            .ApplyConfiguration<ExportedLine>(new ClaimMapping());
    }
}

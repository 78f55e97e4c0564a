using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Feedback.Claiming;

internal sealed class ClaimMapping :
    IEntityTypeConfiguration<ClaimLine>, IEntityTypeConfiguration<ExportRun>, IEntityTypeConfiguration<ExportedLine>
{
    public void Configure(EntityTypeBuilder<ClaimLine> line)
    {
        line.ToTable("ClaimLines").Property(l => l.Id).ValueGeneratedNever();
        line.Property(l => l.ConversationNumber).HasMaxLength(20);
        line.Property(l => l.ProfessionCode).HasMaxLength(200);
        line.Property(l => l.Reason).HasMaxLength(ClaimLine.LongestReason);
        line.Property(l => l.RecordedBy).HasMaxLength(200);
        line.Ignore(l => l.Performer);

        // One line for each side of a conversation, and a line is taken back once: whatever comes twice, the database says no.
        line.HasIndex(l => new { l.OriginId, l.Kind, l.Payer }).IsUnique();
        line.HasIndex(l => l.HeldOn);
        line.HasIndex(l => l.ConversationId);
    }

    public void Configure(EntityTypeBuilder<ExportRun> run)
    {
        run.ToTable("ClaimExports").Property(r => r.Id).ValueGeneratedNever();
        run.Property(r => r.MadeBy).HasMaxLength(200);
        run.HasIndex(r => r.Number).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ExportedLine> exported)
    {
        exported.ToTable("ClaimExportLines").HasKey(e => new { e.RunId, e.LineId });
        exported.Property(e => e.Code).HasMaxLength(ClaimRules.LongestCode);
        exported.Property(e => e.Tariff).HasPrecision(10, 2);
        exported.Ignore(e => e.Amount);
        exported.HasIndex(e => new { e.LineId, e.Turn }).IsUnique();
        exported.HasOne<ExportRun>().WithMany().HasForeignKey(e => e.RunId).OnDelete(DeleteBehavior.Restrict);
        exported.HasOne<ClaimLine>().WithMany().HasForeignKey(e => e.LineId).OnDelete(DeleteBehavior.Cascade); // only the clean-up deletes
    }
}

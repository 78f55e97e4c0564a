using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.ReferralIntake.Documenting;

/// <summary>A document of a channel about a referral: remembered for ever by its key, held with its content until the referral is there.</summary>
internal sealed class ReceivedDocument
{
    private ReceivedDocument() { }

    public Guid Id { get; private set; }
    public Guid PracticeId { get; private set; }

    /// <summary>The document's own key: with the practice the key against doubles.</summary>
    public string KeySystem { get; private set; } = "";

    public string KeyValue { get; private set; } = "";

    /// <summary>The number that the channel gave the referral.</summary>
    public string NumberSystem { get; private set; } = "";

    public string NumberValue { get; private set; } = "";
    public string Kind { get; private set; } = "";
    public string ContentHash { get; private set; } = "";

    /// <summary>What is to be added to the referral, with its files inside.</summary>
    public string Content { get; private set; } = "";

    public DateTimeOffset ReceivedAt { get; private set; }

    public DateTimeOffset? TakenUpAt { get; private set; }

    /// <summary>The status with which the referral would not have it, when its sender was no longer there to hear it.</summary>
    public int? RefusedWith { get; private set; }

    internal static ReceivedDocument Receive(Guid practiceId, DocumentKey key, DocumentKey number, string kind, string content, string hash, DateTimeOffset now) => new()
    {
        Id = Guid.NewGuid(),
        PracticeId = practiceId,
        KeySystem = key.System,
        KeyValue = key.Value,
        NumberSystem = number.System,
        NumberValue = number.Value,
        Kind = kind,
        Content = content,
        ContentHash = hash,
        ReceivedAt = now,
    };
}

internal sealed record DocumentKey(string System, string Value);

internal sealed class ReceivedDocumentMapping : IEntityTypeConfiguration<ReceivedDocument>
{
    public void Configure(EntityTypeBuilder<ReceivedDocument> builder)
    {
        builder.ToTable("ReceivedDocuments");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.KeySystem).HasMaxLength(200);
        builder.Property(d => d.KeyValue).HasMaxLength(200);
        builder.Property(d => d.NumberSystem).HasMaxLength(200);
        builder.Property(d => d.NumberValue).HasMaxLength(50);
        builder.Property(d => d.Kind).HasMaxLength(50);
        builder.Property(d => d.ContentHash).HasMaxLength(64);
        builder.HasIndex(d => new { d.PracticeId, d.KeyValue, d.KeySystem }).IsUnique();
        builder.HasIndex(d => new { d.PracticeId, d.NumberValue }).HasFilter("\"TakenUpAt\" IS NULL AND \"RefusedWith\" IS NULL");
    }
}

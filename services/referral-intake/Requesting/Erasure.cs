using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.ReferralIntake.Requesting;

/// <summary>
/// What is left of a referral that was erased: that it was, why, and the hash of its key, so that the same message once more
/// does not bring it back. Kept for ever; it tells nobody who it was about. See contracts/decisions/0060.
/// </summary>
internal sealed class Erasure
{
    private Erasure() { }

    public Guid ReferralId { get; private set; }
    public string KeyHash { get; private set; } = "";
    public DateTimeOffset ErasedAt { get; private set; }

    /// <summary>An ErasureReason of the messages.</summary>
    public string Reason { get; private set; } = "";

    public string By { get; private set; } = "";

    /// <summary>How many rows intake removed.</summary>
    public int Rows { get; private set; }

    public DateTimeOffset? PlanningAt { get; private set; }
    public int PlanningRows { get; private set; }
    public DateTimeOffset? FeedbackAt { get; private set; }
    public int FeedbackRows { get; private set; }

    internal bool IsEverywhere => PlanningAt is not null && FeedbackAt is not null;

    internal static Erasure Of(Guid referralId, string keyHash, string reason, string by, int rows, DateTimeOffset now) => new()
    {
        ReferralId = referralId,
        KeyHash = keyHash,
        ErasedAt = now,
        Reason = reason,
        By = by,
        Rows = rows,
    };

    internal void ConfirmPlanning(int rows, DateTimeOffset at) => (PlanningAt, PlanningRows) = PlanningAt is null ? (at, rows) : (PlanningAt, PlanningRows);

    internal void ConfirmFeedback(int rows, DateTimeOffset at) => (FeedbackAt, FeedbackRows) = FeedbackAt is null ? (at, rows) : (FeedbackAt, FeedbackRows);

    /// <summary>SHA-256 over the practice and the number it gave: the key against doubles.</summary>
    internal static string HashOf(Guid practiceId, string system, string value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{practiceId:N}\n{system}\n{value}")));
}

internal sealed class ErasureMapping : IEntityTypeConfiguration<Erasure>
{
    public void Configure(EntityTypeBuilder<Erasure> builder)
    {
        builder.ToTable("Erasures").HasKey(e => e.ReferralId);
        builder.Property(e => e.ReferralId).ValueGeneratedNever();
        builder.Property(e => e.KeyHash).HasMaxLength(64);
        builder.Property(e => e.Reason).HasMaxLength(40);
        builder.Property(e => e.By).HasMaxLength(200);
        builder.HasIndex(e => e.KeyHash).IsUnique();
        builder.HasIndex(e => e.ErasedAt);
    }
}

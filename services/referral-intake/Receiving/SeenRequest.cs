using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>One message of a practice that was taken, by its X-Request-Id; remembered for thirty days.</summary>
internal sealed class SeenRequest
{
    internal static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private SeenRequest() { }

    public Guid PracticeId { get; private set; }
    public string RequestId { get; private set; } = "";
    public string ContentHash { get; private set; } = "";
    public Guid ReferralId { get; private set; }
    public DateTimeOffset SeenAt { get; private set; }

    internal static SeenRequest Of(Guid practiceId, string requestId, string contentHash, Guid referralId, DateTimeOffset now) => new()
    {
        PracticeId = practiceId,
        RequestId = requestId,
        ContentHash = contentHash,
        ReferralId = referralId,
        SeenAt = now,
    };
}

internal sealed class SeenRequestMapping : IEntityTypeConfiguration<SeenRequest>
{
    public void Configure(EntityTypeBuilder<SeenRequest> builder)
    {
        builder.ToTable("SeenRequests");
        builder.HasKey(r => new { r.PracticeId, r.RequestId });
        builder.Property(r => r.RequestId).HasMaxLength(RepetitionKeys.LongestRequestId);
        builder.Property(r => r.ContentHash).HasMaxLength(64);
        builder.HasIndex(r => r.SeenAt);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Keeping;

/// <summary>A referral that was erased: so that a message from before, that comes after, does not bring it back.</summary>
internal sealed class ErasedReferral
{
    private ErasedReferral() { }

    public Guid ReferralId { get; private set; }
    public DateTimeOffset ErasedAt { get; private set; }

    internal static ErasedReferral Of(Guid referralId, DateTimeOffset now) => new() { ReferralId = referralId, ErasedAt = now };
}

internal static class ErasedReferrals
{
    internal static Task<bool> IsErased(this PlanningDbContext db, Guid referralId, CancellationToken ct) =>
        db.Set<ErasedReferral>().AnyAsync(e => e.ReferralId == referralId, ct);
}

internal sealed class ErasedReferralMapping : IEntityTypeConfiguration<ErasedReferral>
{
    public void Configure(EntityTypeBuilder<ErasedReferral> builder)
    {
        builder.ToTable("ErasedReferrals").HasKey(e => e.ReferralId);
        builder.Property(e => e.ReferralId).ValueGeneratedNever();
    }
}

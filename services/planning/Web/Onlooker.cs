using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Planning.Web;

/// <summary>Who has a referral open in the browser, so that two planners know of each other.</summary>
internal sealed class Onlooker
{
    public required Guid ReferralId { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset SeenAt { get; init; }
}

internal sealed class OnlookerMapping : IEntityTypeConfiguration<Onlooker>
{
    public void Configure(EntityTypeBuilder<Onlooker> builder)
    {
        builder.ToTable("Onlookers").HasKey(o => new { o.ReferralId, o.Who });
        builder.Property(o => o.Who).HasMaxLength(200);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Web;

/// <summary>Who has a referral open in the browser, so that two planners know of each other.</summary>
internal sealed class Onlooker
{
    public required Guid ReferralId { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset SeenAt { get; init; }

    internal static async Task<int> Say(PlanningDbContext db, Guid referralId, string who, DateTimeOffset now, CancellationToken ct)
    {
        var said = await db.Set<Onlooker>().Where(o => o.ReferralId == referralId && o.Who == who)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.SeenAt, now), ct);
        if (said > 0)
        {
            return said;
        }

        try
        {
            db.Add(new Onlooker { ReferralId = referralId, Who = who, SeenAt = now });
            return await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            return 0; // the same person opened it twice at once
        }
    }
}

internal sealed class OnlookerMapping : IEntityTypeConfiguration<Onlooker>
{
    public void Configure(EntityTypeBuilder<Onlooker> builder)
    {
        builder.ToTable("Onlookers").HasKey(o => new { o.ReferralId, o.Who });
        builder.Property(o => o.Who).HasMaxLength(200);
    }
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Web;

/// <summary>Writes down who looks at what.</summary>
internal static class Onlookers
{
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

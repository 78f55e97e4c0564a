using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Inviting;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Choosing;

/// <summary>Makes, finds and ends personal links.</summary>
internal sealed class PersonalLinks(PlanningDbContext db, InvitingRules rules, TimeProvider clock)
{
    internal const string Path = "/uw-gesprek";

    /// <summary>Saved before the address leaves; the address itself is kept nowhere.</summary>
    internal async Task<Uri> Make(Guid referralId, DateTimeOffset until, CancellationToken ct)
    {
        var (link, token) = PersonalLink.Make(referralId, until, clock.GetUtcNow());
        db.Add(link);
        await db.SaveChangesAsync(ct);
        return new Uri(rules.Site, $"{Path}/{PersonalLink.Readable(token)}");
    }

    /// <summary>The referral of a link that is good now; unknown, ended and revoked are the same.</summary>
    internal async Task<Guid?> Find(string token, CancellationToken ct)
    {
        var hash = PersonalLink.HashOf(token) ?? "none";
        var link = await db.PersonalLinks.AsNoTracking().SingleOrDefaultAsync(l => l.TokenHash == hash, ct);
        return link?.IsGood(clock.GetUtcNow()) is true ? link.ReferralId : null;
    }

    internal async Task RevokeAll(Guid referralId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.PersonalLinks.Where(l => l.ReferralId == referralId && l.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.RevokedAt, now), ct);
    }
}

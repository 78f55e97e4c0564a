using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Sharing;

/// <summary>A booked conversation, and on which side of its duo this professional sits; for anybody else it does not exist.</summary>
internal sealed class OwnConversation(PlanningDbContext db, KnownRegion known)
{
    internal async Task<(Guid ReferralId, Discipline Side)?> Of(Guid id, string login, CancellationToken ct)
    {
        var mine = (await known.Get(ct)).IdsOf(login).ToList();
        var found = await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.Status != ConversationStatus.Proposed, ct);
        return found is not null && mine.Any(found.IsOf)
            ? (found.ReferralId, SideOf(found, mine))
            : null;
    }

    /// <summary>Who is both is of the side that may read the least.</summary>
    internal static Discipline SideOf(Conversation own, IEnumerable<Guid> mine) =>
        mine.Contains(own.SocialDomainProfessionalId) ? Discipline.SocialDomain : Discipline.MentalHealth;
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Scheduling;

/// <summary>Whether both professionals and a room are free for the conversations that are about to be saved.</summary>
internal static class FreeRooms
{
    private static readonly TimeSpan LongestConversation = TimeSpan.FromHours(12);

    internal static List<Conversation> Taking(this PlanningDbContext db) =>
        [.. db.ChangeTracker.Entries<Conversation>()
            .Where(e => e.State is EntityState.Added || (e.State is EntityState.Modified && new[]
            {
                nameof(Conversation.StartsAt), nameof(Conversation.FreeAt), nameof(Conversation.LocationId),
                nameof(Conversation.MentalHealthProfessionalId), nameof(Conversation.SocialDomainProfessionalId),
            }.Any(name => e.Property(name).IsModified)))
            .Select(e => e.Entity)];

    /// <exception cref="MomentTakenException">One of the two is not free, or there is no room left.</exception>
    internal static async Task TakeRooms(this PlanningDbContext db, List<Conversation> taking, CancellationToken ct)
    {
        var gone = db.ChangeTracker.Entries<Conversation>().Where(e => e.State is EntityState.Deleted).Select(e => e.Entity.Id)
            .Concat(taking.Select(c => c.Id)).ToHashSet();
        foreach (var (conversation, i) in taking.Select((c, i) => (c, i)))
        {
            var others = (await db.Between(conversation.StartsAt - LongestConversation, conversation.FreeAt).AsNoTracking()
                .Where(c => c.FreeAt > conversation.StartsAt
                    && (c.MentalHealthProfessionalId == conversation.MentalHealthProfessionalId
                        || c.SocialDomainProfessionalId == conversation.SocialDomainProfessionalId || c.LocationId == conversation.LocationId))
                .ToListAsync(ct))
                .Where(c => !gone.Contains(c.Id)).Concat(taking.Take(i)).ToList();
            var rooms = others.Where(conversation.SharesPlace).Select(c => c.Room).ToHashSet();
            var room = Enumerable.Range(1, await RoomsOf(db, conversation.LocationId, ct)).FirstOrDefault(r => !rooms.Contains(r));
            if (room == 0 || others.Exists(conversation.Clashes))
            {
                throw new MomentTakenException();
            }

            conversation.TakeRoom(room);
        }

        db.ChangeTracker.DetectChanges();
    }

    private static async Task<int> RoomsOf(PlanningDbContext db, Guid locationId, CancellationToken ct) =>
        (await db.Set<Location>().AsNoTracking().SingleOrDefaultAsync(l => l.Id == locationId, ct))?.AtOnce ?? 0;
}

/// <summary>Somebody else was a moment earlier; said before the database itself has to say it.</summary>
internal sealed class MomentTakenException() : DbUpdateException("One of the professionals or the room is not free any more.");

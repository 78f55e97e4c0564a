using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Scheduling;

/// <summary>Whether both professionals and a room are free for the conversations that are about to be saved.</summary>
internal static class FreeRooms
{
    /// <summary>Longer than a conversation, and than anybody travels for one.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromHours(12);

    internal static List<Conversation> Taking(this PlanningDbContext db) =>
        [.. db.ChangeTracker.Entries<Conversation>()
            .Where(e => e.State is EntityState.Added || (e.State is EntityState.Modified && new[]
            {
                nameof(Conversation.StartsAt), nameof(Conversation.FreeAt), nameof(Conversation.LocationId),
                nameof(Conversation.MentalHealthProfessionalId), nameof(Conversation.SocialDomainProfessionalId),
            }.Any(name => e.Property(name).IsModified)))
            .Select(e => e.Entity)];

    /// <exception cref="MomentTakenException">One of the two is not free or cannot be there in time, or there is no room left.</exception>
    internal static async Task TakeRooms(
        this PlanningDbContext db, List<Conversation> taking, IReadOnlyDictionary<Guid, Location> places, CancellationToken ct)
    {
        var gone = db.ChangeTracker.Entries<Conversation>().Where(e => e.State is EntityState.Deleted).Select(e => e.Entity.Id)
            .Concat(taking.Select(c => c.Id)).ToHashSet();
        var travel = db.GetService<MatchingRules>().Travel;
        foreach (var (conversation, i) in taking.Select((c, i) => (c, i)))
        {
            bool IsTooFar(Conversation one, Conversation other) =>
                places.TryGetValue(one.LocationId, out var from) && places.TryGetValue(other.LocationId, out var to)
                && (one.StartsAt < other.StartsAt ? other.StartsAt - one.FreeAt : one.StartsAt - other.FreeAt) < travel.Between(from, to);

            var others = (await db.Between(conversation.StartsAt - Near, conversation.FreeAt + Near).AsNoTracking()
                .Where(c => c.MentalHealthProfessionalId == conversation.MentalHealthProfessionalId
                    || c.SocialDomainProfessionalId == conversation.SocialDomainProfessionalId
                    || (c.LocationId == conversation.LocationId && c.StartsAt < conversation.FreeAt && c.FreeAt > conversation.StartsAt))
                .ToListAsync(ct))
                .Where(c => !gone.Contains(c.Id)).Concat(taking.Take(i)).ToList();
            var rooms = others.Where(conversation.SharesPlace).Select(c => c.Room).ToHashSet();
            var room = Enumerable.Range(1, places.GetValueOrDefault(conversation.LocationId)?.AtOnce ?? 0).FirstOrDefault(r => !rooms.Contains(r));
            if (room == 0 || others.Exists(conversation.Clashes) || others.Exists(o => conversation.SharesPerson(o) && IsTooFar(conversation, o)))
            {
                throw new MomentTakenException();
            }

            conversation.TakeRoom(room);
        }

        db.ChangeTracker.DetectChanges();
    }
}

/// <summary>Somebody else was a moment earlier; said before the database itself has to say it.</summary>
internal sealed class MomentTakenException() : DbUpdateException("One of the professionals or the room is not free any more.");

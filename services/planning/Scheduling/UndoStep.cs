using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Choosing;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Scheduling;

/// <summary>
/// For ten seconds a planner can take back what he did. Its messages wait that long in the outbox, so that nobody outside
/// hears of what did not happen; see contracts/decisions/0041.
/// </summary>
internal sealed class UndoStep(PlanningDbContext db, PlannerRules rules, TimeProvider clock)
{
    internal const string TooLate = "Ongedaan maken kan niet meer: het bericht is al verstuurd, of iemand heeft intussen iets veranderd.";
    internal const string GivenAway = "Ongedaan maken kan niet meer: het moment van de afspraak is net aan een ander gegeven.";

    private static readonly Type[] Kept = [typeof(ReferralJourney), typeof(JourneyStep), typeof(Conversation), typeof(MissedConversation), typeof(ResidentAnswer)];

    /// <summary>Adds to the coming save how it was before, and holds its messages.</summary>
    internal async Task Keep(ReferralJourney journey, PlannerAction what, string by, DateTimeOffset now, CancellationToken ct)
    {
        if (rules.UndoFor == TimeSpan.Zero)
        {
            return;
        }

        db.ChangeTracker.DetectChanges();
        var messages = db.ChangeTracker.Entries<OutboxMessage>().Where(e => e.State is EntityState.Added).Select(e => e.Entity).ToList();
        messages.ForEach(m => m.Hold(now + rules.UndoFor));
        var rows = db.ChangeTracker.Entries()
            .Where(e => Kept.Contains(e.Entity.GetType()) && e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).Select(RowOf).ToList();
        await db.Set<UndoableStep>().Where(u => u.ReferralId == journey.ReferralId).ExecuteDeleteAsync(ct); // the one before it is past
        db.Add(new UndoableStep
        {
            ReferralId = journey.ReferralId,
            By = by,
            What = what.ToString(),
            Until = now + rules.UndoFor,
            Revision = journey.Revision,
            Before = JsonSerializer.Serialize(rows),
            Messages = string.Join(' ', messages.Select(m => m.Id)),
        });
    }

    /// <summary>What can still be undone by this person.</summary>
    internal async Task<UndoableStep?> Last(Guid referralId, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.Set<UndoableStep>().AsNoTracking().SingleOrDefaultAsync(u => u.ReferralId == referralId && u.By == by && u.Until > now, ct);
    }

    /// <summary>Null when it is undone; else why not, for the planner.</summary>
    internal async Task<string?> Undo(Guid referralId, string by, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var journey = await db.Journeys.SingleAsync(j => j.ReferralId == referralId, ct);
        if (await Last(referralId, by, ct) is not { } last || last.Revision != journey.Revision || !await CallBack(last, ct))
        {
            return TooLate;
        }

        try
        {
            foreach (var row in JsonSerializer.Deserialize<List<Row>>(last.Before)!)
            {
                await Restore(row, ct);
            }

            await db.Set<UndoableStep>().Where(u => u.ReferralId == referralId).ExecuteDeleteAsync(ct);
            db.Audit.Add(AuditEntry.Of("U", by, $"Referral/{referralId}", "undo", clock.GetUtcNow()));
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return TooLate;
        }
        catch (DbUpdateException)
        {
            return GivenAway;
        }
    }

    // All of them, or it is too late: one that is due may be on its way.
    private async Task<bool> CallBack(UndoableStep last, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var ids = last.Messages.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse).ToList();
        return await db.Outbox.Where(m => ids.Contains(m.Id) && m.NotBefore > now).ExecuteDeleteAsync(ct) == ids.Count;
    }

    private static Row RowOf(EntityEntry entry) => new(
        entry.Metadata.Name, entry.State,
        entry.Properties.Where(p => entry.State is not EntityState.Added || p.Metadata.IsPrimaryKey())
            .ToDictionary(p => p.Metadata.Name, p => JsonSerializer.SerializeToElement(entry.State is EntityState.Added ? p.CurrentValue : p.OriginalValue, p.Metadata.ClrType)));

    private async Task Restore(Row row, CancellationToken ct)
    {
        var type = db.Model.FindEntityType(row.Type)!;
        var values = type.GetProperties().Where(p => row.Values.ContainsKey(p.Name)).ToDictionary(p => p.Name, p => row.Values[p.Name].Deserialize(p.ClrType));
        var known = db.ChangeTracker.Entries().SingleOrDefault(e => e.Metadata == type && IsRow(e, values));
        if (known is null && row.State is not EntityState.Deleted)
        {
            var found = await db.FindAsync(type.ClrType, [.. type.FindPrimaryKey()!.Properties.Select(p => values[p.Name])], ct)
                ?? throw new DbUpdateConcurrencyException();
            known = db.Entry(found);
        }

        if (known?.Entity is ResidentAnswer answer && answer.Version != (int)(values.GetValueOrDefault(nameof(ResidentAnswer.Version)) ?? 0) + 1)
        {
            throw new DbUpdateConcurrencyException(); // by the own link the resident said something since, and that stays
        }

        switch (row.State)
        {
            case EntityState.Added:
                known!.State = EntityState.Deleted;
                break;
            case EntityState.Deleted:
                known = db.Entry(Activator.CreateInstance(type.ClrType, nonPublic: true)!);
                known.CurrentValues.SetValues(values);
                known.State = EntityState.Added;
                break;
            default:
                var newer = Newer(known!);
                known!.CurrentValues.SetValues(values);
                newer(known);
                break;
        }
    }

    // A page that was opened in between must not pass for up to date.
    private static Action<EntityEntry> Newer(EntityEntry entry)
    {
        var name = entry.Entity is ReferralJourney ? nameof(ReferralJourney.Revision) : nameof(Conversation.Version);
        var now = (int)entry.Property(name).CurrentValue!;
        return e => e.Property(name).CurrentValue = now + 1;
    }

    private static bool IsRow(EntityEntry entry, Dictionary<string, object?> values) =>
        entry.Metadata.FindPrimaryKey()!.Properties.All(p => Equals(entry.Property(p.Name).CurrentValue, values[p.Name]));

    private sealed record Row(string Type, EntityState State, Dictionary<string, JsonElement> Values);
}

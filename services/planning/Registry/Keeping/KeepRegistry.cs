using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Registry.Keeping;

/// <summary>Adds and changes records, each with what was changed, by whom and when, in one save.</summary>
internal sealed class KeepRegistry(PlanningDbContext db, KnownRegion known, TimeProvider clock)
{
    internal const string Changed = "Iemand anders heeft dit net veranderd. Wat u hebt ingevuld, staat er nog; bij elk veld dat anders is, staat wat er nu is opgeslagen. Sla opnieuw op om uw versie te bewaren.";

    /// <summary>What is wrong; empty when it is saved.</summary>
    internal async Task<IReadOnlyList<Fault>> Save(
        RecordKind kind, Guid id, int version, IReadOnlyDictionary<string, string?> given, string who, CancellationToken ct)
    {
        var register = await Register.Load(db, ct);
        var before = register.Find(kind.Path, id);
        var draft = new Draft(kind, given, register);
        var made = kind.Make(draft, id, version + 1);
        if ((before?.Version ?? 0) != version)
        {
            return [new Fault("", Changed)];
        }

        if (draft.Faults.Count > 0)
        {
            return draft.Faults;
        }

        Add(kind, before, made, register, who);
        return await Save(ct) ? [] : [new Fault("", Changed)];
    }

    /// <summary>Puts a record in the coming save; false when it is what is there already.</summary>
    internal bool Add(RecordKind kind, IRegistryRecord? before, IRegistryRecord made, Register register, string who)
    {
        var (was, now) = (before is null ? null : kind.Read(before), clock.GetUtcNow());
        var what = Difference(kind, was, kind.Read(made), register).ToList();
        if (what.Count == 0)
        {
            return false;
        }

        if (before is null)
        {
            db.Add(made);
        }
        else
        {
            db.Attach(before);
            db.Entry(before).CurrentValues.SetValues(made);
        }

        db.Add(new RegistryChange
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind.Path,
            RecordId = made.Id,
            At = now,
            Who = who,
            Version = made.Version,
            What = string.Join('\n', what),
            Before = was is null ? null : JsonSerializer.Serialize(was),
        });
        db.Audit.Add(AuditEntry.Of(before is null ? "C" : "U", who, $"{kind.Path}/{made.Id}", "keep-registry", now));
        return true;
    }

    /// <summary>False when somebody else was a moment earlier.</summary>
    internal async Task<bool> Save(CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        finally
        {
            db.ChangeTracker.Clear();
            known.Forget();
        }
    }

    /// <summary>As it was before the last change; the undoing is a change itself.</summary>
    internal async Task<IReadOnlyList<Fault>> Undo(RecordKind kind, Guid id, int version, string who, CancellationToken ct)
    {
        var last = await db.Set<RegistryChange>().AsNoTracking().SingleOrDefaultAsync(c => c.RecordId == id && c.Version == version, ct);
        return last?.Before is { } before
            ? await Save(kind, id, version, JsonSerializer.Deserialize<Dictionary<string, string?>>(before)!, who, ct)
            : [new Fault("", "Dit is niet ongedaan te maken.")];
    }

    private static IEnumerable<string> Difference(
        RecordKind kind, IReadOnlyDictionary<string, string?>? was, IReadOnlyDictionary<string, string?> now, Register register) =>
        from field in kind.Fields
        let before = field.Show(was?[field.Name], register)
        let after = field.Show(now[field.Name], register)
        where (was?[field.Name] ?? "") != (now[field.Name] ?? "")
        select was is null ? $"{field.Label}: {after}" : $"{field.Label}: {(before is "" ? "leeg" : before)} → {(after is "" ? "leeg" : after)}";
}

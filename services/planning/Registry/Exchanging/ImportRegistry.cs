using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry.Keeping;

namespace VGIntegration.Planning.Registry.Exchanging;

/// <summary>Takes over a file into the registry: first a dry run that shows every fault, then all of it or nothing.</summary>
internal sealed class ImportRegistry(PlanningDbContext db, KeepRegistry keep)
{
    internal const int MostRows = 5_000;

    internal async Task<IReadOnlyList<CheckedRow>> Check(ImportFile file, CancellationToken ct) => Check(file, await Register.Load(db, ct));

    /// <summary>Null when it is saved; else why nothing is.</summary>
    internal async Task<string?> Apply(ImportFile file, string who, CancellationToken ct)
    {
        var register = await Register.Load(db, ct);
        var rows = Check(file, register);
        if (file.Fault is not null || rows.Any(r => r.Faults.Count > 0))
        {
            return "Er is niets ingelezen. Verbeter eerst wat hieronder staat.";
        }

        foreach (var row in rows)
        {
            keep.Add(row.Row.Kind, row.Before, row.Made, register, who);
        }

        return await keep.Save(ct) ? null : "Er is niets ingelezen: iemand anders veranderde net het register. Probeer het opnieuw.";
    }

    private static List<CheckedRow> Check(ImportFile file, Register register)
    {
        var seen = new HashSet<Guid>();
        return [.. Kinds.All.SelectMany(kind => file.Rows.Where(r => r.Kind == kind)).Select(row => Check(row, register, seen))];
    }

    // A row is judged by the registry with the rows before it already in it.
    private static CheckedRow Check(ImportRow row, Register register, HashSet<Guid> seen)
    {
        var id = row.Id ?? Guid.NewGuid();
        var before = register.Find(row.Kind.Path, id);
        var values = row.Kind.Fields.ToDictionary(f => f.Name, f => row.Values.TryGetValue(f.Name, out var given)
            ? given
            : before is null ? null : row.Kind.Read(before)[f.Name]);
        var draft = new Draft(row.Kind, values, register);
        var made = row.Kind.Make(draft, id, (before?.Version ?? 0) + 1);
        draft.Refuse(!seen.Add(id), "Id", "Dit id staat vaker in het bestand.");
        if (draft.Faults.Count == 0)
        {
            register.Put(row.Kind.Path, made);
        }

        var isSame = before is not null && row.Kind.Read(before).All(v => (v.Value ?? "") == (row.Kind.Read(made)[v.Key] ?? ""));
        return new CheckedRow(row, before, made, row.Kind.Title(made, register), isSame, draft.Faults);
    }
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Registry.Keeping;

/// <summary>Every record of the registry as it is now, and as it would be with what a draft or a file puts in it.</summary>
internal sealed class Register
{
    private readonly Dictionary<string, Dictionary<Guid, IRegistryRecord>> _records = [];

    internal static async Task<Register> Load(PlanningDbContext db, CancellationToken ct)
    {
        var register = new Register();
        foreach (var kind in Kinds.All)
        {
            register._records[kind.Path] = (await kind.Table(db).AsNoTracking().ToListAsync(ct)).ToDictionary(r => r.Id);
        }

        return register;
    }

    internal IEnumerable<IRegistryRecord> Of(string kind) => _records[kind].Values;

    internal IEnumerable<T> Of<T>() => _records.Values.SelectMany(r => r.Values).OfType<T>();

    internal IRegistryRecord? Find(string kind, Guid id) => _records[kind].GetValueOrDefault(id);

    internal void Put(string kind, IRegistryRecord record) => _records[kind][record.Id] = record;

    internal string? TitleOf(string kind, Guid id) => Find(kind, id) is { } record ? Kinds.Of(kind)!.Title(record, this) : null;

    internal IEnumerable<IRegistryRecord> Named(string kind, string title) => Of(kind).Where(
        r => string.Equals(Kinds.Of(kind)!.Title(r, this), title, StringComparison.OrdinalIgnoreCase));

    /// <summary>The same registry as matching reads it.</summary>
    internal Region AsRegion(PublicHolidays holidays) => new(
        [.. Of<Organisation>()], [.. Of<Agreement>()], [.. Of<Professional>()], [.. Of<Location>()], [.. Of<Duo>()], [.. Of<FixedMoment>()], [],
        new RegionCalendar(Of<Absence>(), Of<MomentPause>(), [.. Of<Holiday>()], holidays), [.. Of<Role>()]);
}

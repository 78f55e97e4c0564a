namespace VGIntegration.Planning.Registry;

/// <summary>When nobody, one professional or one fixed moment is away.</summary>
internal sealed class RegionCalendar(
    IEnumerable<Absence> absences, IEnumerable<MomentPause> pauses, IReadOnlyList<Holiday> holidays, PublicHolidays rules)
{
    internal static readonly RegionCalendar Empty = new([], [], [], new PublicHolidays());

    private readonly ILookup<Guid, Absence> _absences = absences.ToLookup(a => a.ProfessionalId);
    private readonly ILookup<Guid, MomentPause> _pauses = pauses.ToLookup(p => p.FixedMomentId);

    internal bool IsAbsent(Guid professionalId, DateOnly day) => _absences[professionalId].Any(a => a.IsOn(day));

    internal bool IsPaused(Guid fixedMomentId, DateOnly day) => _pauses[fixedMomentId].Any(p => p.IsOn(day));

    /// <summary>The name of the holiday of the country or of the region; null on a usual day.</summary>
    internal string? Holiday(DateOnly day) => rules.On(day) ?? holidays.FirstOrDefault(h => h.IsOn(day))?.Name;
}

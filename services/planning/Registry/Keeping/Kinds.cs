namespace VGIntegration.Planning.Registry.Keeping;

/// <summary>Everything the registry keeps, in the order in which a region writes it down for the first time.</summary>
internal static partial class Kinds
{
    private const string LastDay = "Laat leeg zolang het doorgaat. Er wordt nooit iets weggegooid: met een laatste dag stopt het.";

    private static IReadOnlyList<(string, string)> Sides =>
        [(nameof(Discipline.MentalHealth), "GGZ"), (nameof(Discipline.SocialDomain), "sociaal domein")];

    private static IReadOnlyList<(string, string)> Days =>
    [
        (nameof(DayOfWeek.Monday), "maandag"), (nameof(DayOfWeek.Tuesday), "dinsdag"), (nameof(DayOfWeek.Wednesday), "woensdag"),
        (nameof(DayOfWeek.Thursday), "donderdag"), (nameof(DayOfWeek.Friday), "vrijdag"), (nameof(DayOfWeek.Saturday), "zaterdag"),
        (nameof(DayOfWeek.Sunday), "zondag"),
    ];

    private static IReadOnlyList<(string, string)> Places =>
    [
        (nameof(LocationKind.Building), "locatie"), (nameof(LocationKind.HomeVisit), "thuis bij de inwoner"), (nameof(LocationKind.Online), "online"),
    ];

    // Not an initializer: those of the other files of this class may come later.
    internal static IReadOnlyList<RecordKind> All => field ??=
        [Organisations, Agreements, Roles, Professionals, Duos, Locations, FixedMoments, Pauses, Absences, Holidays];

    internal static RecordKind? Of(string path) => All.FirstOrDefault(k => k.Path == path);

    internal static RecordKind Of(IRegistryRecord record) => record switch
    {
        Organisation => Organisations,
        Agreement => Agreements,
        Role => Roles,
        Professional => Professionals,
        Duo => Duos,
        Location => Locations,
        FixedMoment => FixedMoments,
        MomentPause => Pauses,
        Absence => Absences,
        Holiday => Holidays,
        _ => throw new ArgumentOutOfRangeException(nameof(record)),
    };

    private static Field YesNo(string name, string label, string? hint = null) =>
        new(name, label, FieldType.YesNo, Hint: hint) { Choices = [("ja", "ja"), ("nee", "nee")] };

    private static Field Refers(string name, string label, string kind) =>
        new(name, label, FieldType.Reference, IsRequired: true) { Refers = kind, Longest = 400 };

    private static Field OneOf(string name, string label, IReadOnlyList<(string, string)> choices, bool isRequired = true, string? hint = null) =>
        new(name, label, FieldType.Choice, isRequired, hint) { Choices = choices };

    private static Field LastDayOf(string name = "Until", string label = "Laatste dag") => new(name, label, FieldType.Date, Hint: LastDay);

    private static string Name(this Register register, Guid organisationId) => register.TitleOf("organisations", organisationId) ?? "onbekend";
}

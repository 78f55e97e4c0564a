using System.Globalization;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Matching;

/// <summary>Where the resident wants the conversation to be.</summary>
internal enum WishedPlace
{
    Anywhere,
    AtLocation,
    AtHome,
    Online,
}

/// <summary>What the resident said when called, or by the own link: each is a hard rule. Codes only, none of the resident's words.</summary>
internal sealed record ResidentWishes
{
    internal static readonly ResidentWishes None = new();
    internal static readonly IReadOnlyList<DayOfWeek> Days = [.. Enumerable.Range(1, 7).Select(d => (DayOfWeek)(d % 7))];
    internal static readonly IReadOnlyList<string> Parts = ["morning", "afternoon", "evening"];

    /// <summary>BCP 47; goes before what the huisarts wrote.</summary>
    public string? Language { get; init; }

    /// <summary>Then the language of the professionals is no rule any more.</summary>
    public bool HasInterpreter { get; init; }

    public bool NeedsAccess { get; init; }
    public WishedPlace Place { get; init; }

    /// <summary>Parts of days that are not possible, such as Monday-morning, separated by spaces.</summary>
    public string NotPossible { get; init; } = "";

    /// <summary>Professionals and organisations that the resident would rather not meet, separated by spaces.</summary>
    public string Without { get; init; } = "";

    internal IReadOnlyList<string> NotPossibleParts => NotPossible.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal IReadOnlySet<Guid> WithoutIds => Without.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse).ToHashSet();

    internal static string PartOf(DayOfWeek day, string part) => $"{day}-{part}";

    /// <summary>A conversation that begins before twelve is in the morning; from six it is in the evening.</summary>
    internal static int PartOf(TimeOnly start) => start.Hour < 12 ? 0 : start.Hour < 18 ? 1 : 2;

    internal static ResidentWishes Of(
        string? language, bool hasInterpreter, bool needsAccess, WishedPlace place, IEnumerable<string> notPossible, IEnumerable<Guid> without) => new()
        {
            Language = string.IsNullOrWhiteSpace(language) ? null : language,
            HasInterpreter = hasInterpreter,
            NeedsAccess = needsAccess,
            Place = place,
            NotPossible = string.Join(' ', Days.SelectMany(_ => Parts, PartOf).Where(notPossible.Contains)), // in one order: equal is equal
            Without = string.Join(' ', without.Distinct().Select(id => id.ToString("N")).Order(StringComparer.Ordinal)),
        };
}

/// <summary>What the resident asks for, as far as matching needs it.</summary>
internal sealed record Wishes(string? PostcodeDigits, string? Language)
{
    internal ResidentWishes Said { get; init; } = ResidentWishes.None;

    /// <summary>Professionals who said no to this resident, or to a day.</summary>
    internal IReadOnlyList<Declined> Declined { get; init; } = [];

    /// <summary>The language without its region (BCP 47: tr-TR is tr); null when it is Dutch, which every professional speaks, or an interpreter comes.</summary>
    internal string? OtherLanguage =>
        !Said.HasInterpreter && (Said.Language ?? Language)?.Split('-')[0].ToLowerInvariant() is { Length: > 0 } code and not "nl" ? code : null;
}

/// <summary>A professional who will not hold this conversation: on this day, or on none.</summary>
internal sealed record Declined(Guid ProfessionalId, DateOnly? Day)
{
    internal static IReadOnlyList<Declined> Read(string? written) => string.IsNullOrEmpty(written) ? [] :
    [
        .. written.Split(' ').Select(d => d.Split('@')).Select(d => new Declined(
            Guid.ParseExact(d[0], "N"), d.Length > 1 ? DateOnly.ParseExact(d[1], "yyyyMMdd", CultureInfo.InvariantCulture) : null)),
    ];

    public override string ToString() => Day is { } day ? FormattableString.Invariant($"{ProfessionalId:N}@{day:yyyyMMdd}") : $"{ProfessionalId:N}";
}

/// <summary>The wishes of one resident, ready to be asked of many moments.</summary>
internal sealed class Wished(Wishes wishes)
{
    private readonly bool[] _impossible = [.. Enum.GetValues<DayOfWeek>().SelectMany(_ => ResidentWishes.Parts, ResidentWishes.PartOf)
        .Select(wishes.Said.NotPossibleParts.Contains)];

    private readonly IReadOnlySet<Guid> _without = wishes.Said.WithoutIds;
    private readonly string? _language = wishes.OtherLanguage;

    internal bool AllowsPart(DayOfWeek day, TimeOnly start) => !_impossible[((int)day * 3) + ResidentWishes.PartOf(start)];

    internal bool AllowsPlace(Location place) => (!wishes.Said.NeedsAccess || place.IsAccessible) && wishes.Said.Place switch
    {
        WishedPlace.AtLocation => place.Kind is LocationKind.Building,
        WishedPlace.AtHome => place.Kind is LocationKind.HomeVisit,
        WishedPlace.Online => place.Kind is LocationKind.Online,
        _ => true,
    };

    internal bool AllowsPerson(Professional p, DateOnly day) => (_without.Count == 0 || !(_without.Contains(p.Id) || _without.Contains(p.OrganisationId)))
        && (wishes.Declined.Count == 0 || !wishes.Declined.Any(d => d.ProfessionalId == p.Id && (d.Day is null || d.Day == day)));

    /// <summary>How many of the two speak the language; two when that is no question.</summary>
    internal int Speaking(Professional one, Professional other) =>
        _language is null ? 2 : (one.Speaks(_language) ? 1 : 0) + (other.Speaks(_language) ? 1 : 0);

    internal bool AsksParts { get; } = wishes.Said.NotPossible.Length > 0;

    internal bool AsksLanguage => _language is not null;
}

using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;
using VGIntegration.ReferralIntake.Judging;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Searching;

internal enum SortKey
{
    Created,
    LastUpdated,
    Id,
}

/// <summary>A search as it was asked: conditions, order, and how much of it on one page.</summary>
internal sealed partial record SearchRequest(IReadOnlyList<SearchRequest.Given> Conditions)
{
    private const int MostValues = 100;
    private const int MostText = 6_000;
    private const int OnOnePage = 50;
    private const int MostOnOnePage = 200;

    private static readonly string[] OfEverySearch = ["_count", "_sort", "_total", "_summary", "_include", "_revinclude", "_format"];

    internal sealed record Given(string Name, string? Modifier, string Value)
    {
        internal string Key => Modifier is null ? Name : $"{Name}:{Modifier}";

        internal IReadOnlyList<string> Values => [.. Comma().Split(Value).Where(v => v.Length > 0)];
    }

    internal int Count { get; init; } = OnOnePage;
    internal SortKey Sort { get; init; } = SortKey.Created;
    internal bool IsDescending { get; init; } = true;
    internal bool CountsAll { get; init; }
    internal bool CountsOnly { get; init; }
    internal IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>What was asked for and is not known here: ignored on the sender's own wish.</summary>
    internal IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>As names and values again, for a link.</summary>
    internal IReadOnlyList<KeyValuePair<string, string?>> Parameters { get; private init; } = [];

    /// <exception cref="SearchRefusedException">Something is asked that is not known here.</exception>
    internal static SearchRequest Read(
        IEnumerable<KeyValuePair<string, StringValues>> given, IReadOnlyDictionary<string, string[]> known, IEnumerable<string> includes, bool isLenient)
    {
        var all = given.SelectMany(p => p.Value.Select(v => new Given(p.Key.Split(':')[0], p.Key.Split(':') is [_, var m] ? m : null, v ?? "")))
            .Where(g => g.Values.Count > 0).ToList(); // FHIR R4: a parameter without a value is as if it were not there
        if (all.Sum(g => g.Key.Length + g.Value.Length) > MostText || all.Sum(g => g.Values.Count) > MostValues)
        {
            throw new SearchRefusedException(IssueType.TooCostly, $"Dit zijn te veel waarden ineens. Zoek met ten hoogste {MostValues} waarden.");
        }

        if (all.Exists(g => g.Value.Any(char.IsControl)))
        {
            throw new SearchRefusedException(IssueType.Value, "In de zoekvraag staan onleesbare tekens. Haal die weg.");
        }

        var include = includes.ToList();
        var (understood, ignored) = (all.Where(Understood).ToList(), all.Where(g => !Understood(g)).Select(g => g.Key).Distinct().ToList());
        if (ignored.Count > 0 && !isLenient)
        {
            throw new SearchRefusedException(IssueType.NotSupported,
                $"Deze zoekvraag kent: {string.Join(", ", known.Keys.Concat(OfEverySearch))}. Haal de andere parameters weg, of stuur Prefer: handling=lenient mee.");
        }

        var request = new SearchRequest([.. understood.Where(g => known.ContainsKey(g.Name))])
        {
            Ignored = ignored,
            Includes = [.. understood.Where(IsInclude).Select(g => $"{g.Name}={g.Value}").Distinct()],
            Parameters = [.. understood.Where(g => g.Name != "_format").Select(g => KeyValuePair.Create(g.Key, (string?)g.Value))],
        };
        return understood.Where(g => !known.ContainsKey(g.Name)).Aggregate(request, With);

        bool Understood(Given g) => known.TryGetValue(g.Name, out var modifiers) ? g.Modifier is null || modifiers.Contains(g.Modifier)
            : g.Modifier is null && OfEverySearch.Contains(g.Name) && (!IsInclude(g) || include.Contains($"{g.Name}={g.Value}"));
    }

    /// <summary>A BSN never stands in a URL, where others log it.</summary>
    internal static bool IsPersonal(string name, StringValues values) =>
        name.Split(':', '.')[0] is "patient" or "subject" or "name" or "birthdate" or "telecom" or "address" or "family" or "given" or "phone" or "email"
        || values.Any(v => v?.Contains("/bsn", StringComparison.OrdinalIgnoreCase) is true || Bsn.IsValid(v?.Trim()));

    private static bool IsInclude(Given given) => given.Name is "_include" or "_revinclude";

    private static SearchRequest With(SearchRequest request, Given given) => given.Name switch
    {
        "_count" when int.TryParse(given.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) =>
            count == 0 ? request with { CountsOnly = true } : request with { Count = Math.Min(count, MostOnOnePage) },
        "_summary" when given.Value is "count" or "false" => request with { CountsOnly = request.CountsOnly || given.Value == "count" },
        "_total" when given.Value is "none" or "accurate" or "estimate" => request with { CountsAll = given.Value != "none" },
        "_sort" when given.Value.TrimStart('-') is "_lastUpdated" or "_id" => request with
        {
            Sort = given.Value.EndsWith("_id", StringComparison.Ordinal) ? SortKey.Id : SortKey.LastUpdated,
            IsDescending = given.Value[0] == '-',
        },
        "_include" or "_revinclude" or "_format" => request,
        _ => throw new SearchRefusedException(IssueType.Value, given.Name switch
        {
            "_count" => "_count is het aantal per pagina: een getal van 0 tot 200.",
            "_summary" => "_summary kan hier count of false zijn.",
            "_total" => "_total kan none, estimate of accurate zijn.",
            _ => "Sorteer met _sort=_lastUpdated, -_lastUpdated, _id of -_id.",
        }),
    };

    [GeneratedRegex(@"(?<!\\),")]
    private static partial Regex Comma();
}

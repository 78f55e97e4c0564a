using System.Globalization;
using Hl7.Fhir.Model;

namespace VGIntegration.Planning.Publishing;

/// <summary>The parameters of one search. What this type does not know, or cannot read, is refused aloud and by name.</summary>
internal sealed class Query
{
    internal const int AtMost = 200;
    private const int Usual = 50;

    private static readonly string[] Always = ["_count", "_format", "_after", "_pretty"];
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    private readonly IQueryCollection _given;

    internal Query(IQueryCollection given, params string[] known)
    {
        _given = given;
        Fault = given.Keys.FirstOrDefault(k => !known.Contains(k) && !Always.Contains(k)) is { } unknown
            ? FhirAnswer.Refused(400, OperationOutcome.IssueType.NotSupported, $"De zoekparameter {unknown} kent dit type niet. Wel: {string.Join(", ", known)}, _count.")
            : null;
        Count = Number("_count", Usual);
    }

    /// <summary>The first thing that is wrong.</summary>
    internal FhirAnswer? Fault { get; private set; }

    internal int Count { get; }

    internal string? After => Text("_after");

    internal string? Text(string name) => _given[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>The id behind a reference such as Practitioner/3f…; null when it was not asked.</summary>
    internal Guid? Reference(string name, string type)
    {
        if (Text(name) is not { } given)
        {
            return null;
        }

        var parts = given.Split('/');
        if (parts.Length <= 2 && Guid.TryParse(parts[^1], out var id) && (parts.Length == 1 || parts[0] == type))
        {
            return id;
        }

        Refuse($"{name} moet eruitzien als {type}/[id].");
        return Guid.Empty;
    }

    /// <summary>From and until, of all dates that were given; a day is a day in the Netherlands.</summary>
    internal (DateTimeOffset From, DateTimeOffset Until) Range(string name)
    {
        var (from, until) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        foreach (var given in _given[name].OfType<string>())
        {
            var prefix = given.Length > 2 && char.IsAsciiLetter(given[0]) ? given[..2] : "eq";
            if (Instant(given[^(given.Length - (char.IsAsciiLetter(given.FirstOrDefault()) ? 2 : 0))..]) is not var (begin, end) || prefix is not ("eq" or "ge" or "gt" or "le" or "lt"))
            {
                Refuse($"{name} moet een datum of tijdstip zijn, met eq, ge, gt, le of lt ervoor, zoals ge2026-12-01.");
                break;
            }

            from = prefix switch { "eq" or "ge" when begin > from => begin, "gt" when end > from => end, _ => from };
            until = prefix switch { "eq" or "le" when end < until => end, "lt" when begin < until => begin, _ => until };
        }

        return (from, until);
    }

    internal TCode? Code<TCode>(string name, IReadOnlyDictionary<string, TCode> codes)
        where TCode : struct
    {
        if (Text(name) is not { } given)
        {
            return null;
        }

        if (codes.TryGetValue(given, out var code))
        {
            return code;
        }

        Refuse($"{name} kan zijn: {string.Join(", ", codes.Keys)}.");
        return null;
    }

    internal void Refuse(string text) => Fault ??= FhirAnswer.Refused(400, OperationOutcome.IssueType.Value, text);

    /// <summary>The same search, from where this page ended.</summary>
    internal string Next(string after) => $"?{string.Join('&', _given.Where(q => q.Key is not "_after")
        .SelectMany(q => q.Value, (q, v) => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(v ?? "")}").Append($"_after={Uri.EscapeDataString(after)}"))}";

    private int Number(string name, int otherwise)
    {
        if (Text(name) is not { } given)
        {
            return otherwise;
        }

        if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return Math.Clamp(number, 1, AtMost);
        }

        Refuse($"{name} moet een getal zijn.");
        return otherwise;
    }

    private static (DateTimeOffset, DateTimeOffset)? Instant(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
        {
            return (Midnight(day), Midnight(day.AddDays(1)));
        }

        return text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? (at.ToUniversalTime(), at.ToUniversalTime().AddSeconds(1))
            : null;
    }

    private static DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, Amsterdam.GetUtcOffset(local)).ToUniversalTime();
    }
}

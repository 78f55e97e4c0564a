using System.Collections.Frozen;
using System.Globalization;
using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Claiming;

/// <summary>A code and what one conversation costs, from a day until a day (both included; no last day while it goes on).</summary>
internal sealed record Tariff(Payer Payer, Price Price, DateOnly From, DateOnly? Until)
{
    internal bool IsInForce(DateOnly day) => From <= day && !(day > Until);

    internal bool Overlaps(Tariff other) =>
        Payer == other.Payer && !(From > other.Until) && !(other.From > Until);
}

/// <summary>Codes and tariffs (Claiming:Tariffs), and which professions the insurer pays for (Claiming:Professions).</summary>
internal sealed class ClaimRules
{
    internal const int LongestCode = 50;

    private static readonly string[] Keys = ["Payer", "Code", "Euros", "From", "Until"];

    // The professions of the field's list, without those who work under other money: see contracts/decisions/0064.
    private static readonly string[] FieldsList =
    [
        "psychiater", "klinisch-psycholoog", "klinisch-neuropsycholoog", "psychotherapeut", "gz-psycholoog", "psycholoog", "orthopedagoog-generalist",
        "verpleegkundig-specialist-ggz", "verpleegkundig-specialist", "sociaal-psychiatrisch-verpleegkundige", "verpleegkundige", "verslavingsarts",
    ];

    private readonly IReadOnlyList<Tariff> _tariffs;
    private readonly FrozenSet<string> _professions;

    internal ClaimRules(IReadOnlyList<Tariff> tariffs, IEnumerable<string>? professions = null) =>
        (_tariffs, _professions) = (tariffs, (professions ?? FieldsList).ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    internal IReadOnlyCollection<string> Professions => _professions;

    internal bool HasTariffs => _tariffs.Count > 0;

    internal Price? PriceOn(Payer payer, DateOnly day) => _tariffs.FirstOrDefault(t => t.Payer == payer && t.IsInForce(day))?.Price;

    /// <summary>The municipality sets no demands; the insurer pays only for who is on the list.</summary>
    internal bool Pays(Payer payer, string? professionCode) =>
        payer is Payer.Municipality || (professionCode is not null && _professions.Contains(professionCode));

    /// <exception cref="SettingException">A tariff is incomplete, makes no sense, or overlaps another.</exception>
    internal static ClaimRules Of(IConfiguration settings)
    {
        var tariffs = settings.GetSection("Claiming:Tariffs").GetChildren().Select(Read).ToList();
        foreach (var (one, i) in tariffs.Select((t, i) => (t, i)))
        {
            if (tariffs.Skip(i + 1).FirstOrDefault(t => one.Tariff.Overlaps(t.Tariff)) is { Tariff: not null } other)
            {
                throw new SettingException($"{other.Path} overlaps {one.Path}: on each day a payer has one code and tariff.");
            }
        }

        return new ClaimRules([.. tariffs.Select(t => t.Tariff)], ProfessionsOf(settings));
    }

    private static (string Path, Tariff Tariff) Read(IConfigurationSection section)
    {
        if (section.GetChildren().FirstOrDefault(s => !Keys.Contains(s.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new SettingException($"{unknown.Path} is not a setting. A tariff has: {string.Join(", ", Keys)}.");
        }

        var payer = section["Payer"]?.ToLowerInvariant() switch
        {
            "insurer" => Payer.Insurer,
            "municipality" => Payer.Municipality,
            _ => throw new SettingException($"{section.Path}:Payer must be insurer or municipality."),
        };
        var code = section["Code"] is { } given && given.Trim() is { Length: > 0 and <= LongestCode } trimmed
            ? trimmed
            : throw new SettingException($"{section.Path}:Code must be the code of the claim, of at most {LongestCode} characters.");
        var isAmount = decimal.TryParse(section["Euros"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var euros);
        if (!isAmount || euros > 10_000 || decimal.Round(euros, 2) != euros)
        {
            throw new SettingException($"{section.Path}:Euros must be an amount such as 87.50, of at most 10000.");
        }

        var from = Day(section, "From") ?? throw new SettingException($"{section.Path}:From must be the first day, such as 2025-01-01.");
        var until = Day(section, "Until");
        return until < from
            ? throw new SettingException($"{section.Path}:Until lies before From.")
            : (section.Path, new Tariff(payer, new Price(code, euros), from, until));
    }

    private static DateOnly? Day(IConfigurationSection section, string key) => section[key] switch
    {
        null or "" => null,
        var text when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        _ => throw new SettingException($"{section.Path}:{key} must be a day such as 2025-01-01."),
    };

    // As a list, or as one text with a ; between them.
    private static List<string>? ProfessionsOf(IConfiguration settings)
    {
        var section = settings.GetSection("Claiming:Professions");
        if (section.Value is null && !section.GetChildren().Any())
        {
            return null;
        }

        var codes = section.GetChildren().Select(s => s.Value ?? "").Concat((section.Value ?? "").Split(';'))
            .Select(text => text.Trim()).Where(text => text.Length > 0).ToList();
        return codes.Count > 0 && codes.TrueForAll(c => c.All(sign => char.IsLetterOrDigit(sign) || sign is '-'))
            ? codes
            : throw new SettingException("Claiming:Professions must be codes of professions such as gz-psycholoog, with a ; between them.");
    }
}

namespace VGIntegration.Planning.Choosing;

/// <summary>What a resident reads on the personal page, in two languages.</summary>
internal sealed record ResidentWords
{
    /// <summary>The languages a resident can ask for, in their own words.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Languages = new Dictionary<string, string>
    {
        ["nl"] = "Nederlands",
        ["en"] = "English",
        ["ar"] = "العربية",
        ["de"] = "Deutsch",
        ["es"] = "Español",
        ["fa"] = "فارسی",
        ["fr"] = "Français",
        ["pl"] = "Polski",
        ["pt"] = "Português",
        ["ru"] = "Русский",
        ["so"] = "Soomaali",
        ["ti"] = "ትግርኛ",
        ["tr"] = "Türkçe",
        ["uk"] = "Українська",
        ["zh"] = "中文",
    };
}

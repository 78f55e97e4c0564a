using System.Security.Cryptography;
using System.Text;

namespace VGIntegration.Feedback.Advising;

/// <summary>What the duo and the resident wrote together, part by part.</summary>
internal sealed record AdviceText
{
    internal const int Longest = 20_000;

    public string Situation { get; init; } = "";
    public string Strengths { get; init; } = "";
    public string Wishes { get; init; } = "";
    public string Self { get; init; } = "";
    public string Network { get; init; } = "";
    public string SocialDomain { get; init; } = "";
    public string GeneralPractitioner { get; init; } = "";
    public string BasicCare { get; init; } = "";
    public string SpecialisedCare { get; init; } = "";
    public string Bridging { get; init; } = "";
    public string Agreements { get; init; } = "";

    public bool IsEmpty => AdvicePartWords.All.All(part => string.IsNullOrWhiteSpace(this[part]));

    /// <summary>The parts that say something.</summary>
    public IReadOnlyList<AdvicePart> Written => [.. AdvicePartWords.All.Where(part => !string.IsNullOrWhiteSpace(this[part]))];

    public string this[AdvicePart part] => part switch
    {
        AdvicePart.Situation => Situation,
        AdvicePart.Strengths => Strengths,
        AdvicePart.Wishes => Wishes,
        AdvicePart.Self => Self,
        AdvicePart.Network => Network,
        AdvicePart.SocialDomain => SocialDomain,
        AdvicePart.GeneralPractitioner => GeneralPractitioner,
        AdvicePart.BasicCare => BasicCare,
        AdvicePart.SpecialisedCare => SpecialisedCare,
        AdvicePart.Bridging => Bridging,
        AdvicePart.Agreements => Agreements,
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    public AdviceText With(AdvicePart part, string text) => part switch
    {
        AdvicePart.Situation => this with { Situation = text },
        AdvicePart.Strengths => this with { Strengths = text },
        AdvicePart.Wishes => this with { Wishes = text },
        AdvicePart.Self => this with { Self = text },
        AdvicePart.Network => this with { Network = text },
        AdvicePart.SocialDomain => this with { SocialDomain = text },
        AdvicePart.GeneralPractitioner => this with { GeneralPractitioner = text },
        AdvicePart.BasicCare => this with { BasicCare = text },
        AdvicePart.SpecialisedCare => this with { SpecialisedCare = text },
        AdvicePart.Bridging => this with { Bridging = text },
        AdvicePart.Agreements => this with { Agreements = text },
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    /// <summary>As it is kept: line ends as one character, nothing that a database cannot hold, no white space around it.</summary>
    public static string Clean(string? text) => text?.ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal).Trim() ?? "";

    /// <summary>A short sign of a text: who writes on it sends it along, and so tells what the writing started from.</summary>
    public static string SignOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}

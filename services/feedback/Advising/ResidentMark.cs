namespace VGIntegration.Feedback.Advising;

internal enum Opinion
{
    Agrees,
    Disagrees,
}

/// <summary>What the resident says of the advice, and whether the huisarts may read it.</summary>
internal sealed record ResidentMark
{
    internal const int LongestWords = 2_000;

    /// <summary>Null as long as the resident has not read along.</summary>
    public Opinion? Opinion { get; init; }

    /// <summary>The part that the resident sees otherwise; null for the whole.</summary>
    public AdvicePart? DisagreesOn { get; init; }

    /// <summary>The resident's own words, which stand in the letter as they are.</summary>
    public string Words { get; init; } = "";

    /// <summary>Whether the huisarts may read the advice; null as long as nobody asked.</summary>
    public bool? SharesWithGp { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The professional on whose screen it was, or <see cref="ByLink"/>.</summary>
    public string? AnsweredBy { get; init; }

    public bool IsSet => Opinion is not null && SharesWithGp is not null;

    /// <summary>Told through the personal link.</summary>
    internal const string ByLink = "inwoner";
}

namespace VGIntegration.Planning.Choosing;

/// <summary>
/// What the resident said about the conversation, by the personal link or to the planner in the call: codes only, no words of their own, so that nothing of
/// their story comes to stand in planning.
/// </summary>
internal sealed class ResidentAnswer
{
    internal static readonly IReadOnlyList<string> Companions = ["nobody", "partner", "family", "friend", "care-worker", "other"];
    internal static readonly IReadOnlyList<string> AllNeeds = ["wheelchair", "no-stairs", "hearing", "sight", "interpreter", "call-me"];

    private ResidentAnswer() { }

    public Guid ReferralId { get; private set; }
    public string? Companion { get; private set; }

    /// <summary>BCP 47.</summary>
    public string? Language { get; private set; }

    /// <summary>Codes, separated by spaces.</summary>
    public string Needs { get; private set; } = "";

    public DateTimeOffset AnsweredAt { get; private set; }
    public int Version { get; private set; }

    internal IReadOnlyList<string> NeedCodes => Needs.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal static ResidentAnswer Of(Guid referralId) => new() { ReferralId = referralId };

    /// <summary>In the call the planner asks who comes along; the rest stays as it was said.</summary>
    internal void Comes(string companion, DateTimeOffset now) => Say(companion, Language, NeedCodes, now);

    /// <summary>What is not on the lists is left out.</summary>
    internal void Say(string? companion, string? language, IEnumerable<string> needs, DateTimeOffset now)
    {
        var said = (
            companion is not null && Companions.Contains(companion) ? companion : null,
            language is not null && ResidentWords.Languages.ContainsKey(language) ? language : null,
            string.Join(' ', AllNeeds.Where(needs.Contains)));
        if (said != (Companion, Language, Needs) || AnsweredAt == default)
        {
            (Companion, Language, Needs) = said;
            (AnsweredAt, Version) = (now, Version + 1);
        }
    }
}

using System.Globalization;

namespace VGIntegration.Feedback.Advising;

/// <summary>What a professional typed on the page of the advice, also when it could not be saved.</summary>
internal sealed class AdviceForm
{
    /// <summary>Each part as it was typed.</summary>
    public Dictionary<AdvicePart, string?> Text { get; set; } = [];

    /// <summary>Of each part the sign of the text that the writing started from.</summary>
    public Dictionary<AdvicePart, string?> Base { get; set; } = [];

    public ProposedCare Care { get; set; }
    public string? Reason { get; set; }
    public Guid? Contact { get; set; }

    /// <summary>The sign of the three choices above as the page showed them.</summary>
    public string? Choices { get; set; }

    public static AdviceForm Of(Advice advice) => new()
    {
        Text = AdvicePartWords.All.ToDictionary(part => part, part => (string?)advice.Text[part]),
        Base = AdvicePartWords.All.ToDictionary(part => part, part => (string?)AdviceText.SignOf(advice.Text[part])),
        Care = advice.Proposed.Care,
        Reason = advice.Proposed.Reason,
        Contact = advice.ContactId,
        Choices = ChoicesOf(advice),
    };

    public string Typed(AdvicePart part) => AdviceText.Clean(Text.GetValueOrDefault(part));

    public ProposedReferral Proposed => Care is ProposedCare.None or ProposedCare.NotNeeded ? new() { Care = Care } : new() { Care = Care, Reason = AdviceText.Clean(Reason) };

    /// <summary>
    /// What was typed, put together with what the other one saved meanwhile: each part of who touched it. The parts that both
    /// touched come back as the second value; in the first they stand as they are saved.
    /// </summary>
    public (AdviceText Text, IReadOnlyList<AdvicePart> Contested) On(AdviceText saved)
    {
        var (text, contested) = (saved, new List<AdvicePart>());
        foreach (var part in AdvicePartWords.All.Where(Text.ContainsKey))
        {
            switch (Merge(saved[part], Typed(part), Base.GetValueOrDefault(part)))
            {
                case { } merged:
                    text = text.With(part, merged);
                    break;
                default:
                    contested.Add(part);
                    break;
            }
        }

        return (text, contested);
    }

    /// <summary>Null when both changed it in different ways.</summary>
    public static string? Merge(string saved, string typed, string? startedFrom) =>
        typed == saved || startedFrom == AdviceText.SignOf(saved) ? typed
        : startedFrom == AdviceText.SignOf(typed) ? saved
        : null;

    /// <summary>The choices of this form, or those saved when only the other one touched them; null when both did.</summary>
    public (ProposedReferral Proposed, Guid? Contact)? ChoicesOn(Advice saved)
    {
        var mine = SignOf(Proposed, Contact);
        return Choices == ChoicesOf(saved) || mine == ChoicesOf(saved) ? (Proposed, Contact)
            : mine == Choices ? (saved.Proposed, saved.ContactId)
            : null;
    }

    private static string ChoicesOf(Advice advice) => SignOf(advice.Proposed, advice.ContactId);

    private static string SignOf(ProposedReferral proposed, Guid? contact) =>
        AdviceText.SignOf(string.Create(CultureInfo.InvariantCulture, $"{proposed.Care}|{contact}|{proposed.Reason}"));
}

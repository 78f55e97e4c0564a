using VGIntegration.Feedback.Advising;

namespace VGIntegration.Feedback.Reading;

/// <summary>What the resident chose and typed, also when it could not be saved.</summary>
internal sealed class AnswerForm
{
    /// <summary>The version of the advice that the resident read.</summary>
    public int Version { get; set; }

    public Opinion? Opinion { get; set; }
    public AdvicePart? DisagreesOn { get; set; }
    public string? Words { get; set; }
    public bool? SharesWithGp { get; set; }

    public static AnswerForm Of(Advice advice) => new()
    {
        Version = advice.Version,
        Opinion = advice.Resident.Opinion,
        DisagreesOn = advice.Resident.DisagreesOn,
        Words = advice.Resident.Words,
        SharesWithGp = advice.Resident.SharesWithGp,
    };

    public ResidentMark Mark(string by) => new()
    {
        Opinion = Opinion,
        DisagreesOn = DisagreesOn,
        Words = AdviceText.Clean(Words),
        SharesWithGp = SharesWithGp,
        AnsweredBy = by,
    };

    /// <summary>What is still missing, by the field it belongs to.</summary>
    public IEnumerable<(string Field, string Text)> Faults()
    {
        if (Opinion is null)
        {
            yield return ("Form.Opinion", "Kies of u het eens bent met het advies.");
        }

        if (Opinion is Advising.Opinion.Disagrees && AdviceText.Clean(Words).Length == 0)
        {
            yield return ("Form.Words", "Schrijf in uw eigen woorden wat u anders ziet.");
        }

        if (AdviceText.Clean(Words).Length > ResidentMark.LongestWords)
        {
            yield return ("Form.Words", "Deze tekst is te lang. Maak er minder dan 2.000 tekens van.");
        }

        if (SharesWithGp is null)
        {
            yield return ("Form.SharesWithGp", "Kies of de huisarts het advies mag lezen.");
        }
    }
}

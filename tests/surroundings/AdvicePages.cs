namespace VGIntegration.Surroundings;

/// <summary>How people go through the pages of one advice: a professional writes, the resident answers, both professionals sign.</summary>
public static class AdvicePages
{
    /// <summary>Writes and signs; signs only where somebody has marked the text already.</summary>
    public static async Task<Page> Sign(PageClient professional, Page advice, params (string Name, string? Value)[] other)
    {
        if (advice.Forms.FirstOrDefault(f => f.Html.Contains("handler=Sign", StringComparison.Ordinal)) is { } mark && other.Length == 0)
        {
            return await professional.Submit(mark);
        }

        var form = advice.Form("Form.Choices");
        (string, string?)[] filledIn =
        [
            ("Form.Text[Situation]", form["Form.Text[Situation]"] is { Length: > 0 } written ? written : "Wil weer plannen maken. Schulden staan in de weg."),
            ("Form.Contact", form["Form.Contact"] ?? form.Choices("Form.Contact")[0]), ("Next", "sign"), .. other,
        ];
        return await professional.Submit(form, [.. filledIn.GroupBy(f => f.Item1).Select(g => g.Last())]);
    }

    /// <summary>The resident answers at the professional's screen; agrees and shares unless told otherwise.</summary>
    public static async Task<Page> Answer(PageClient professional, Uri advice, params (string Name, string? Value)[] other)
    {
        var page = await professional.Open($"{advice.AbsolutePath}/reading");
        (string, string?)[] filledIn = [("Form.Opinion", "Agrees"), ("Form.SharesWithGp", "true"), .. other];
        return await professional.Submit(page.Form("Form.Version"), [.. filledIn.GroupBy(f => f.Item1).Select(g => g.Last())]);
    }

    /// <summary>Whether the resident has answered, as the page of the advice says.</summary>
    public static bool IsAnswered(Page advice) => advice.Text.Contains("Inwoner las mee ja", StringComparison.Ordinal);
}

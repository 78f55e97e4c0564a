using VGIntegration.Feedback.Advising;
using static VGIntegration.Feedback.Printing.LetterHead;

namespace VGIntegration.Feedback.Printing;

/// <summary>Whom to call: the chosen one first and large, the other beside it.</summary>
internal static class ContactCard
{
    internal static void Write(Paper paper, AdviceLetter letter, string heading, string explanation)
    {
        var isChosen = letter.Edition.ContactId is not null;
        var cards = letter.ContactFirst
            .Select((s, i) => Card(letter.Conversation.Professional(s.Author.ProfessionalId), s.SignedAt, isChosen ? i == 0 : null).ToList()).ToList();
        var width = Paper.WidthBeside(cards.Count) - Frame.Padding;
        var height = cards.Max(card => card.Sum(line => Paper.Height(line.Text, line.Style, width))) + Frame.Above + Frame.Below;
        paper.Keep(Heading.Leading + Paper.Height(explanation, Body, Paper.Width) + 8 + height);
        paper.Write(heading, Heading);
        paper.Write(explanation, Body);
        paper.Skip(8);
        paper.Ground(Frame.Asked, height);
        paper.Skip(Frame.Above);
        paper.Beside([.. cards.Select(card => (Action<double, double>)((left, right) =>
            card.ForEach(line => paper.Write(line.Text, line.Style, left + Frame.Padding, right))))]);
        paper.Skip(Frame.Below);
    }

    private static IEnumerable<(string Text, Style Style)> Card(
        HeldConversation.Colleague? colleague, DateTimeOffset? signedAt, bool? isChosen)
    {
        yield return (isChosen is false ? "DE ANDERE VERKENNER" : "BEL MET VRAGEN", Label);
        yield return (colleague?.Name ?? "Naam niet bekend", isChosen is true ? Large : Strong);
        foreach (var line in new[] { colleague?.Profession, colleague?.Organisation }.Where(l => l is { Length: > 0 }))
        {
            yield return (line!, Body);
        }

        if (colleague?.Telephone is { Length: > 0 } telephone)
        {
            yield return isChosen is true ? (telephone, Large) : ($"Telefoon (werk) {telephone}", Body);
        }

        yield return (signedAt is { } at ? $"Ondertekend op {at.InDutch()}" : "Nog niet ondertekend", Small);
    }
}

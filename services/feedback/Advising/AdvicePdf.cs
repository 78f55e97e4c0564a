using VGIntegration.Feedback.Returning;
using static VGIntegration.Feedback.Advising.LetterHead;

namespace VGIntegration.Feedback.Advising;

/// <summary>The letter to the huisarts: A4, PDF/A-2b intended, the same bytes for the same advice.</summary>
internal static class AdvicePdf
{
    internal const string WaitingListSentence =
        "Dit verkennend gesprek verandert niets aan de plaats van de inwoner op een wachtlijst van de GGZ. "
        + "Het geeft geen voorrang.";

    /// <param name="withBsn">Only for the practice: the social domain gets no BSN, not in a preview either.</param>
    public static byte[] Write(Advice advice, Recipient recipient, HeldConversation conversation, bool withBsn)
    {
        using var paper = new Paper("Advies verkennend gesprek", advice.FinalAt ?? advice.ChangedAt);
        Head(paper, advice, recipient, conversation, withBsn);
        Parts(paper, advice);
        WaitingList(paper);
        Contact(paper, advice, conversation);
        return paper.Finish($"Advies verkennend gesprek, kenmerk {Reference(advice, recipient)}", Small);
    }

    private static void Head(Paper paper, Advice advice, Recipient recipient, HeldConversation conversation, bool withBsn)
    {
        var warning = advice.IsFinal ? null : "Concept: nog niet door beide professionals ondertekend";
        Begin(paper, ("Advies verkennend gesprek", warning), recipient, withBsn,
            ("VERKENNEND GESPREK", conversation.StartsAt.InDutch(), [conversation.Location.Name, conversation.Location.Address]),
            ("KENMERK VAN UW VERWIJZING", Reference(advice, recipient), [$"Brief van {(advice.FinalAt ?? advice.ChangedAt).DayInDutch()}"]));
    }

    private static void Parts(Paper paper, Advice advice)
    {
        if (advice.TextForGp is not { } text)
        {
            paper.Write("Het verkennend gesprek heeft plaatsgevonden.", Body);
            paper.Write("De inwoner wil dat het advies niet met de huisarts wordt gedeeld.", Body);
            paper.Skip(10);
            return;
        }

        foreach (var (heading, part) in text.Parts.Where(p => !string.IsNullOrWhiteSpace(p.Text)))
        {
            paper.Keep(Heading.Leading + (2 * Body.Leading));
            paper.Write(heading, Heading);
            paper.Write(part.Trim(), Body);
            paper.Skip(10);
        }

        if (!text.Parts.All(p => Typeface.CanPrint(p.Text)))
        {
            paper.Write($"{Typeface.Missing} staat voor een teken dat niet in deze brief kan worden afgedrukt.", Small);
            paper.Skip(6);
        }
    }

    private static void WaitingList(Paper paper)
    {
        var height = Paper.Height(WaitingListSentence, Body, Paper.Right - Paper.Left) + 16;
        paper.Keep(height + 8);
        paper.Ground(height);
        paper.Skip(8);
        paper.Write(WaitingListSentence, Body);
        paper.Skip(18);
    }

    private static void Contact(Paper paper, Advice advice, HeldConversation conversation)
    {
        const string explanation = "Het advies is samen met de inwoner gemaakt. Ook de inwoner kan met vragen bij ons terecht.";
        var cards = advice.Authors.Select(a => Card(a, conversation.Professional(a.ProfessionalId)).ToList()).ToList();
        var width = Paper.WidthBeside(cards.Count);
        paper.Keep(Heading.Leading + Paper.Height(explanation, Body, Paper.Right - Paper.Left) + 8
            + cards.Max(card => card.Sum(line => Paper.Height(line.Text, line.Style, width))));
        paper.Write("Vragen? Neem contact op met een van ons", Heading);
        paper.Write(explanation, Body);
        paper.Skip(8);
        paper.Beside([.. cards.Select(card => (Action<double, double>)((left, right) =>
            card.ForEach(line => paper.Write(line.Text, line.Style, left, right))))]);
    }

    private static IEnumerable<(string Text, Style Style)> Card(Author author, HeldConversation.Colleague? colleague)
    {
        yield return (colleague?.Name ?? "Naam niet bekend", Strong);
        foreach (var line in new[] { colleague?.Profession, colleague?.Organisation }.Where(l => l is { Length: > 0 }))
        {
            yield return (line!, Body);
        }

        if (colleague?.Telephone is { Length: > 0 } telephone)
        {
            yield return ($"Telefoon (werk) {telephone}", Body);
        }

        yield return (author.SignedAt is { } at ? $"Ondertekend op {at.InDutch()}" : "Nog niet ondertekend", Small);
    }

    private static string Reference(Advice advice, Recipient recipient) => LetterHead.Reference(advice.ReferralId, recipient);
}

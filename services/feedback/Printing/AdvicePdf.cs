using VGIntegration.Feedback.Advising;
using static VGIntegration.Feedback.Printing.LetterHead;

namespace VGIntegration.Feedback.Printing;

/// <summary>The letter to the huisarts and the resident's copy: A4, PDF/A-2b intended, the same bytes for the same advice.</summary>
internal static class AdvicePdf
{
    internal const string WaitingListSentence =
        "Dit verkennend gesprek verandert niets aan de plaats van de inwoner op een wachtlijst van de GGZ. "
        + "Het geeft geen voorrang.";

    public static byte[] Write(AdviceLetter letter)
    {
        using var paper = new Paper("Advies verkennend gesprek", letter.Edition.DatedAt);
        Head(paper, letter);
        if (letter.Edition.TextForGp is { } text)
        {
            Parts(paper, letter.Edition, text);
        }
        else
        {
            paper.Write("Het verkennend gesprek heeft plaatsgevonden.", Body);
            paper.Write("De inwoner wil dat het advies niet met de huisarts wordt gedeeld.", Body);
            paper.Skip(10);
        }

        WaitingList(paper);
        Contact(paper, letter, "Het advies is samen met de inwoner gemaakt. Ook de inwoner kan met vragen bij ons terecht.");
        return paper.Finish($"Advies verkennend gesprek, kenmerk {Reference(letter)}", Small);
    }

    /// <summary>For the resident: all of the advice, whoever else may read it.</summary>
    public static byte[] WriteCopy(AdviceLetter letter)
    {
        using var paper = new Paper("Uw advies", letter.Edition.DatedAt);
        paper.Write("Uw advies", Title);
        if (!letter.Edition.IsFinal && !letter.Advice.IsFinal)
        {
            paper.Write("Dit advies is nog niet helemaal klaar", Warning);
        }

        paper.Write($"Van het verkennend gesprek van {letter.Conversation.StartsAt.InDutch()}, {letter.Conversation.Location.Name}", Body);
        paper.Skip(6);
        paper.Rule();
        paper.Skip(12);
        Parts(paper, letter.Edition, letter.Edition.Text);
        WaitingList(paper);
        Contact(paper, letter, "Voor vragen over dit advies belt u een van ons. U hoeft daarvoor niet naar de huisarts.");
        return paper.Finish("Uw advies uit het verkennend gesprek", Small);
    }

    private static void Head(Paper paper, AdviceLetter letter)
    {
        var conversation = letter.Conversation;
        var warning = letter switch
        {
            { Edition.IsFinal: false } => "Concept: nog niet definitief",
            { Replaces: { } replaced } => $"Gecorrigeerd: vervangt de brief van {replaced.DayInDutch()}",
            _ => null,
        };
        Begin(paper, ("Advies verkennend gesprek", warning), letter.Recipient, letter.WithBsn,
            ("VERKENNEND GESPREK", conversation.StartsAt.InDutch(), [conversation.Location.Name, conversation.Location.Address]),
            ("KENMERK VAN UW VERWIJZING", Reference(letter), [$"Brief van {letter.Edition.DatedAt.DayInDutch()}"]));
    }

    private static void Parts(Paper paper, AdviceEdition edition, AdviceText text)
    {
        var isSupportBegun = false;
        foreach (var part in text.Written)
        {
            paper.Keep(Heading.Leading + (3 * Body.Leading));
            if (part.IsSupport() && !isSupportBegun)
            {
                isSupportBegun = true;
                paper.Write("Welke steun past daarbij", Heading);
            }

            paper.Write(part.Heading(), part.IsSupport() ? Strong : Heading);
            paper.Write(text[part], Body);
            paper.Skip(part.IsSupport() ? 6 : 10);
        }

        if (edition.Proposed is { IsAsked: true } proposed)
        {
            Section(paper, proposed.Care.InDutch(), proposed.Reason);
        }

        if (edition.Resident is { Opinion: not null, Words.Length: > 0 } resident)
        {
            Section(paper, resident.Opinion is Opinion.Agrees ? "De inwoner zegt erbij"
                : resident.DisagreesOn is { } on ? $"De inwoner ziet dit anders: {on.Question()}" : "De inwoner ziet dit anders", resident.Words);
        }

        if (!text.Written.All(p => Typeface.CanPrint(text[p])) || !Typeface.CanPrint(edition.Resident.Words) || !Typeface.CanPrint(edition.Proposed.Reason))
        {
            paper.Write($"{Typeface.Missing} staat voor een teken dat niet in deze brief kan worden afgedrukt.", Small);
            paper.Skip(6);
        }
    }

    private static void Section(Paper paper, string heading, string text)
    {
        paper.Keep(Heading.Leading + (2 * Body.Leading));
        paper.Write(heading, Heading);
        paper.Write(text, Body);
        paper.Skip(10);
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

    private static void Contact(Paper paper, AdviceLetter letter, string explanation)
    {
        var cards = letter.ContactFirst.Select(s => Card(s.SignedAt, letter.Conversation.Professional(s.Author.ProfessionalId)).ToList()).ToList();
        var width = Paper.WidthBeside(cards.Count);
        paper.Keep(Heading.Leading + Paper.Height(explanation, Body, Paper.Right - Paper.Left) + 8
            + cards.Max(card => card.Sum(line => Paper.Height(line.Text, line.Style, width))));
        paper.Write("Vragen? Neem contact op met een van ons", Heading);
        paper.Write(explanation, Body);
        paper.Skip(8);
        paper.Beside([.. cards.Select(card => (Action<double, double>)((left, right) =>
            card.ForEach(line => paper.Write(line.Text, line.Style, left, right))))]);
    }

    private static IEnumerable<(string Text, Style Style)> Card(DateTimeOffset? signedAt, HeldConversation.Colleague? colleague)
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

        yield return (signedAt is { } at ? $"Ondertekend op {at.InDutch()}" : "Nog niet ondertekend", Small);
    }

    private static string Reference(AdviceLetter letter) => LetterHead.Reference(letter.Advice.ReferralId, letter.Recipient);
}

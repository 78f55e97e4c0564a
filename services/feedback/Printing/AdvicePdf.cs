using VGIntegration.Feedback.Advising;
using static VGIntegration.Feedback.Printing.LetterHead;

namespace VGIntegration.Feedback.Printing;

/// <summary>The letter to the huisarts and the resident's copy: A4, PDF/A-2b intended, the same bytes for the same advice.</summary>
internal static class AdvicePdf
{
    internal const string WaitingListSentence =
        "Dit verkennend gesprek verandert niets aan de plaats van de inwoner op een wachtlijst van de GGZ. "
        + "Het geeft geen voorrang.";

    internal const string TookPlace = "Het verkennend gesprek heeft plaatsgevonden.";

    internal const string WaitingListForResident =
        "Dit gesprek verandert niets aan uw plaats op een wachtlijst van de GGZ. Het geeft geen voorrang.";

    private const string Concept = "Concept: nog niet definitief";
    private const string NotAsked = "De inwoner heeft nog niet gezegd of de huisarts dit advies mag lezen.";

    public static byte[] Write(AdviceLetter letter)
    {
        // Without the resident's agreement the huisarts reads that the conversation took place, and nothing else of it.
        var (title, explanation) = letter.Edition.TextForGp is null
            ? ("Verkennend gesprek", "U kunt ons bellen.")
            : ("Advies verkennend gesprek", "Het advies is samen met de inwoner gemaakt. Ook de inwoner kan met vragen bij ons terecht.");
        using var paper = new Paper(title, letter.Edition.DatedAt);
        Top(paper, letter.Masthead, title, Title);
        Warn(paper, letter);
        var conversation = letter.Conversation;
        Addresses(paper, letter.Recipient, letter.WithBsn,
            ("VERKENNEND GESPREK", conversation.StartsAt.InDutch(), [conversation.Location.Name, conversation.Location.Address]),
            ("KENMERK VAN UW VERWIJZING", Reference(letter), [$"Brief van {letter.Edition.DatedAt.DayInDutch()}"]));
        if (letter.Edition.TextForGp is { } text)
        {
            InShort(paper, letter, text);
            AdviceParts.Write(paper, text, part => part.Heading());
            AdviceParts.Propose(paper, letter.Edition.Proposed);
            AdviceParts.Voice(paper, letter.Edition.Resident, toResident: false);
        }
        else
        {
            paper.Write(TookPlace, Strong);
            paper.Skip(12);
        }

        WaitingList(paper, WaitingListSentence);
        ContactCard.Write(paper, letter, "Vragen", explanation);
        var foot = $"{title}, kenmerk {Reference(letter)}";
        return letter.Edition.IsFinal
            ? Finish(paper, foot, Small)
            : Finish(paper, $"{Concept}. {foot}", Warning with { Size = Small.Size, Leading = Small.Leading });
    }

    /// <summary>For the resident: all of the advice, whoever else may read it.</summary>
    public static byte[] WriteCopy(AdviceLetter letter)
    {
        using var paper = new Paper("Uw advies", letter.Edition.DatedAt);
        Top(paper, letter.Masthead, "Uw advies", Title);
        if (!letter.Edition.IsFinal && !letter.Advice.IsFinal)
        {
            paper.Framed(Frame.Otherwise, ("Dit advies is nog niet helemaal klaar", Warning));
            paper.Skip(8);
        }

        paper.Rule();
        paper.Skip(10);
        var conversation = letter.Conversation;
        Facts(paper,
            ("VOOR", letter.Recipient.Resident.Name, [$"Advies van {letter.Edition.DatedAt.DayInDutch()}"]),
            ("UW VERKENNEND GESPREK", conversation.StartsAt.InDutch(), [conversation.Location.Name, conversation.Location.Address]));
        AdviceParts.Write(paper, letter.Edition.Text, part => part.HeadingForResident());
        AdviceParts.Propose(paper, letter.Edition.Proposed);
        AdviceParts.Voice(paper, letter.Edition.Resident, toResident: true);
        if (letter.Edition.Resident.SharesWithGp is { } shares)
        {
            paper.Keep(Heading.Leading + (2 * Body.Leading));
            paper.Write("Uw huisarts", Heading);
            paper.Write(shares ? "Uw huisarts mag dit advies lezen."
                : "Uw huisarts krijgt dit advies niet. De huisarts hoort alleen dat het gesprek heeft plaatsgevonden.", Body);
            paper.Skip(12);
        }

        WaitingList(paper, WaitingListForResident);
        ContactCard.Write(paper, letter, "Hebt u vragen?", "Bel ons gerust. U hoeft daarvoor niet naar de huisarts.");
        return Finish(paper, "Uw advies uit het verkennend gesprek", Small);
    }

    private static void Warn(Paper paper, AdviceLetter letter)
    {
        if (!letter.Edition.IsFinal)
        {
            paper.Framed(Frame.Otherwise, (letter.Edition.Resident.SharesWithGp is null ? $"{Concept}. {NotAsked}" : Concept, Warning));
            paper.Skip(8);
        }
        else if (letter.Replaces is { } replaced)
        {
            paper.Framed(Frame.Otherwise, ($"Gecorrigeerd: vervangt de brief van {replaced.DayInDutch()}", Warning),
                ("Gebruik de eerdere brief niet meer.", Body));
            paper.Skip(8);
        }
    }

    /// <summary>What a huisarts asks first: which support, is anything asked of me, does the resident agree, whom do I call.</summary>
    private static void InShort(Paper paper, AdviceLetter letter, AdviceText text)
    {
        var (edition, support) = (letter.Edition, text.Written.Where(p => p.IsSupport()).Select(p => p.Heading()).ToList());
        var contact = edition.ContactId is { } id ? letter.Conversation.Professional(id) : null;
        List<(string Label, string Text)> rows =
        [
            ("Steun", support.Count > 0 ? string.Join(", ", support) : "Geen steun gekozen"),
            ("Gevraagd van u", edition.Proposed.IsAsked ? edition.Proposed.Care.InDutch()
                : text.Written.Contains(AdvicePart.GeneralPractitioner) ? "Zie bij Huisarts. Geen verwijzing." : "Geen verwijzing"),
            ("De inwoner", AdviceParts.Answer(edition.Resident)),
        ];
        if (contact is not null)
        {
            rows.Add(("Vragen", contact.Telephone is { Length: > 0 } telephone ? $"{contact.Name}, {telephone}" : contact.Name));
        }

        const double column = 108;
        var width = Paper.Width - (2 * Frame.Padding) - column;
        var height = Heading.Leading + rows.Sum(r => Paper.Height(r.Text, Body, width)) + Frame.Above + Frame.Below;
        paper.Keep(height);
        paper.Ground(Frame.Panel, height);
        paper.Skip(Frame.Above);
        paper.Write("In het kort", Heading, Paper.Left + Frame.Padding);
        rows.ForEach(row => paper.Row(row.Label, RowLabel, row.Text, Body, (Paper.Left + Frame.Padding, Paper.Right - Frame.Padding, column)));
        paper.Skip(Frame.Below + 14);
    }

    private static void WaitingList(Paper paper, string sentence)
    {
        paper.Framed(Frame.Panel, (sentence, Body));
        paper.Skip(14);
    }

    private static byte[] Finish(Paper paper, string foot, Style style)
    {
        if (paper.HasLost)
        {
            paper.Skip(8);
            paper.Write($"{Typeface.Missing} staat voor een teken dat niet in deze brief kan worden afgedrukt.", Small);
        }

        return paper.Finish(foot, style);
    }

    private static string Reference(AdviceLetter letter) => LetterHead.Reference(letter.Advice.ReferralId, letter.Recipient);
}

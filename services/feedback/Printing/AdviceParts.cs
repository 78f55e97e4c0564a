using VGIntegration.Feedback.Advising;
using static VGIntegration.Feedback.Printing.LetterHead;

namespace VGIntegration.Feedback.Printing;

/// <summary>The advice itself, in the order in which it was made.</summary>
internal static class AdviceParts
{
    private const double LabelWidth = 138;

    internal static void Write(Paper paper, AdviceText text, Func<AdvicePart, string> headingOf)
    {
        var isSupportBegun = false;
        foreach (var part in text.Written)
        {
            if (!part.IsSupport())
            {
                paper.Skip(isSupportBegun ? 6 : 0);
                isSupportBegun = false;
                paper.Keep(Heading.Leading + TextLines.Head(text[part], Body, Paper.Width));
                paper.Write(headingOf(part), Heading);
                paper.Write(text[part], Body);
                paper.Skip(12);
                continue;
            }

            var (heading, width) = (headingOf(part), Paper.Width - LabelWidth);
            var head = Math.Max(Paper.Height(heading, RowLabel, LabelWidth - 12), TextLines.Head(text[part], Body, width));
            if (!isSupportBegun)
            {
                isSupportBegun = true;
                paper.Keep(Heading.Leading + 8 + head);
                paper.Write("Welke steun past daarbij", Heading);
                paper.Skip(3);
            }

            paper.Keep(head + 5);
            paper.Rule();
            paper.Skip(5);
            paper.Row(heading, RowLabel, text[part], Body, (Paper.Left, Paper.Right, LabelWidth));
            paper.Skip(6);
        }

        paper.Skip(isSupportBegun ? 6 : 0);
    }

    internal static void Propose(Paper paper, ProposedReferral proposed)
    {
        if (proposed.IsAsked)
        {
            paper.Framed(Frame.Asked, ($"Voorstel: {Lower(proposed.Care.InDutch())}", Heading), (proposed.Reason, Body));
            paper.Skip(12);
        }
    }

    /// <summary>The resident's own words, seen to be the resident's.</summary>
    internal static void Voice(Paper paper, ResidentMark mark, bool toResident)
    {
        if (mark is not { Opinion: { } opinion, Words.Length: > 0 })
        {
            return;
        }

        paper.Framed(opinion is Opinion.Agrees ? Frame.Voice : Frame.Otherwise, (VoiceHeading(mark, toResident), Heading), (mark.Words, Body));
        paper.Skip(12);
    }

    /// <summary>What stands above the resident's own words, on paper and on a page, for the resident and for others.</summary>
    internal static string VoiceHeading(ResidentMark mark, bool toResident)
    {
        var who = toResident ? "U" : "De inwoner";
        return mark switch
        {
            { Opinion: Opinion.Agrees } => $"{who} zegt erbij",
            { DisagreesOn: { } part } => $"{who} ziet dit anders: {(toResident ? part.HeadingForResident() : part.Question())}",
            _ => $"{who} ziet dit anders",
        };
    }

    /// <summary>What the resident said of the advice, in a few words.</summary>
    internal static string Answer(ResidentMark mark) => mark switch
    {
        { Opinion: Opinion.Disagrees, DisagreesOn: { } part } => $"Ziet een deel anders: {part.Question()}",
        { Opinion: Opinion.Disagrees } => "Ziet het advies anders, zie verderop",
        { Opinion: Opinion.Agrees, Words.Length: > 0 } => "Is het eens met het advies, en zegt er iets bij",
        { Opinion: Opinion.Agrees } => "Is het eens met het advies",
        _ => "Heeft nog niet gezegd wat hij of zij ervan vindt",
    };

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}

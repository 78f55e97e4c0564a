using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.Printing;

/// <summary>How each letter begins, and how its texts look.</summary>
internal static class LetterHead
{
    internal static readonly Style Title = new(Typeface.Bold, 18.5, 25) { Ink = Ink.Blue, Tag = "H1" };
    internal static readonly Style Sender = new(Typeface.Bold, 9.5, 14) { Ink = Ink.Grey };
    internal static readonly Style Warning = new(Typeface.Bold, 10.5, 15) { Ink = Ink.Amber };
    internal static readonly Style Heading = new(Typeface.Bold, 12, 19) { Ink = Ink.Blue, Tag = "H2" };
    internal static readonly Style Label = new(Typeface.Bold, 8.5, 13) { Ink = Ink.Grey };
    internal static readonly Style RowLabel = new(Typeface.Bold, 10.5, 15.5) { Tag = "H3" };
    internal static readonly Style Body = new(Typeface.Regular, 10.5, 15.5);
    internal static readonly Style Strong = new(Typeface.Bold, 10.5, 15.5);
    internal static readonly Style Large = new(Typeface.Bold, 15, 21) { Ink = Ink.Blue };
    internal static readonly Style Small = new(Typeface.Regular, 8, 12) { Ink = Ink.Grey };

    /// <summary>Region, logo and title.</summary>
    internal static void Top(Paper paper, Masthead masthead, string title, Style style)
    {
        if (masthead.Logo is { } logo)
        {
            paper.Picture(logo, masthead.Region is { } name ? $"Logo van {name}" : "Logo");
        }

        var right = Paper.Right - (masthead.Logo?.Room ?? 0);
        if (masthead.Region is { } region)
        {
            paper.Write(region, Sender, Paper.Left, right);
        }

        paper.Write(title, style, Paper.Left, right);
        paper.Skip(masthead is { Logo: not null, Region: null } ? 14 : 6);
    }

    /// <param name="withBsn">Only for the practice: the social domain gets no BSN, not in a preview either.</param>
    internal static void Addresses(
        Paper paper, Recipient recipient, bool withBsn, params (string Label, string First, string?[] Lines)[] facts)
    {
        var (practice, resident) = (recipient.Practice, recipient.Resident);
        paper.Rule();
        paper.Skip(10);
        paper.Beside(
            Block(paper, "AAN", practice.Name, recipient.Referrer is { Length: > 0 } gp ? $"t.a.v. {gp}" : null,
                practice.Agb is { Length: > 0 } agb ? $"AGB {agb}" : null),
            Block(paper, "OVER", resident.Name, resident.BirthDate is { } born ? $"geboren {born.DayInDutch()}" : null,
                withBsn && practice.IsCareProvider && resident.Bsn is { Length: > 0 } bsn ? $"BSN {bsn}" : null));
        paper.Skip(8);
        Facts(paper, facts);
    }

    internal static void Facts(Paper paper, params (string Label, string First, string?[] Lines)[] facts)
    {
        paper.Beside([.. facts.Select(f => Block(paper, f.Label, f.First, f.Lines))]);
        paper.Skip(10);
        paper.Rule();
        paper.Skip(14);
    }

    /// <summary>The referral as the practice itself knows it.</summary>
    internal static string Reference(Guid referralId, Recipient recipient) =>
        recipient.IdentifierValue is { Length: > 0 } own ? own : referralId.ToString();

    private static Action<double, double> Block(Paper paper, string label, string first, params string?[] lines) => (left, right) =>
    {
        paper.Write(label, Label, left, right);
        paper.Write(first, Strong, left, right);
        foreach (var line in lines.OfType<string>())
        {
            paper.Write(line, Body, left, right);
        }
    };
}

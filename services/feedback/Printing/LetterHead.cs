using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.Printing;

/// <summary>How each letter to a huisarts begins, and how its texts look.</summary>
internal static class LetterHead
{
    internal static readonly Style Title = new(Typeface.Bold, 19, 26, 18, 66, 99);
    internal static readonly Style Warning = new(Typeface.Bold, 10.5, 15, 176, 32, 32);
    internal static readonly Style Heading = new(Typeface.Bold, 12, 19, 18, 66, 99);
    internal static readonly Style Label = new(Typeface.Bold, 8.5, 13, 90, 90, 90);
    internal static readonly Style Body = new(Typeface.Regular, 10.5, 15.5);
    internal static readonly Style Strong = new(Typeface.Bold, 10.5, 15.5);
    internal static readonly Style Small = new(Typeface.Regular, 8, 12, 90, 90, 90);

    /// <param name="withBsn">Only for the practice: the social domain gets no BSN, not in a preview either.</param>
    internal static void Begin(
        Paper paper, (string Title, string? Warning) top, Recipient recipient, bool withBsn,
        params (string Label, string First, string?[] Lines)[] facts)
    {
        paper.Write(top.Title, Title);
        if (top.Warning is { } warning)
        {
            paper.Write(warning, Warning);
        }

        paper.Skip(6);
        paper.Rule();
        paper.Skip(10);
        var (practice, resident) = (recipient.Practice, recipient.Resident);
        paper.Beside(
            Block(paper, "AAN", practice.Name, recipient.Referrer is { Length: > 0 } gp ? $"t.a.v. {gp}" : null,
                practice.Agb is { Length: > 0 } agb ? $"AGB {agb}" : null),
            Block(paper, "OVER", resident.Name, resident.BirthDate is { } born ? $"geboren {born.DayInDutch()}" : null,
                withBsn && practice.IsCareProvider && resident.Bsn is { Length: > 0 } bsn ? $"BSN {bsn}" : null));
        paper.Skip(8);
        paper.Beside([.. facts.Select(f => Block(paper, f.Label, f.First, f.Lines))]);
        paper.Skip(10);
        paper.Rule();
        paper.Skip(12);
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

using VGIntegration.Feedback.Printing;

namespace VGIntegration.Feedback.Explaining;

/// <summary>The explanation on paper, to print and to hand out.</summary>
internal static class Leaflet
{
    private static readonly Style Title = LetterHead.Title with { Size = 26, Leading = 34 };
    private static readonly Style Lead = LetterHead.Body with { Size = 13, Leading = 19 };
    private static readonly Style Heading = LetterHead.Heading with { Size = 14, Leading = 21 };
    private static readonly Style Body = LetterHead.Body with { Size = 12, Leading = 17.5 }; // for who reads with difficulty
    private static readonly DateTimeOffset WrittenAt = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    internal static byte[] Write(Explanation explanation, Masthead masthead)
    {
        using var paper = new Paper($"{Explanation.Title}: informatie voor inwoners", WrittenAt);
        LetterHead.Top(paper, masthead, Explanation.Title, Title);
        paper.Write(Explanation.Lead, Lead);
        paper.Skip(8);
        paper.Rule();
        paper.Skip(10);
        foreach (var piece in explanation.All)
        {
            paper.Keep(Heading.Leading + Paper.Height(piece.Text, Body, Paper.Right - Paper.Left) + (piece.Points.Length > 0 ? Body.Leading * 2 : 0));
            paper.Write(piece.Heading, Heading);
            if (piece.Text.Length > 0)
            {
                paper.Write(piece.Text, Body);
            }

            foreach (var point in piece.Points)
            {
                paper.Keep(Paper.Height(point, Body, Paper.Right - Paper.Left - 16));
                paper.Write("•", Body, Paper.Left, Paper.Left + 14);
                paper.Skip(-Body.Leading);
                paper.Write(point, Body, Paper.Left + 16);
            }

            paper.Skip(9);
        }

        return paper.Finish(explanation.Region ?? Explanation.Title, LetterHead.Small);
    }
}

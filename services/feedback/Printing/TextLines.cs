namespace VGIntegration.Feedback.Printing;

/// <summary>A text as the lines that fit between two edges.</summary>
internal static class TextLines
{
    /// <summary>How many lines stay together at least: no line of a paragraph stands alone at the foot or the top of a page.</summary>
    internal const int Together = 2;

    internal static IReadOnlyList<string> Paragraphs(string text) => text.Trim().ReplaceLineEndings("\n").Split('\n');

    internal static double Height(string text, Style style, double width) => Paragraphs(text).Sum(p => HeightOf(p, style, width));

    /// <summary>How much of the text must stand under its heading.</summary>
    internal static double Head(string text, Style style, double width)
    {
        var lines = 0;
        foreach (var paragraph in Paragraphs(text).Where(p => !string.IsNullOrWhiteSpace(p)))
        {
            var count = Wrap(paragraph, style, width).Count;
            lines += count <= Together + 1 ? count : Together;
            if (lines >= Together)
            {
                break;
            }
        }

        return lines * style.Leading;
    }

    /// <summary>How many of the lines left go in the room on this page.</summary>
    internal static int Fitting(int left, double room, double leading)
    {
        var fits = Math.Max(0, (int)((room / leading) + 1e-6));
        if (fits >= left)
        {
            return left;
        }

        fits = Math.Min(fits, left - Together);
        return fits >= Together ? fits : 0;
    }

    internal static IReadOnlyList<string> Wrap(string paragraph, Style style, double width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in Typeface.Printable(paragraph).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var tried = line.Length == 0 ? word : $"{line} {word}";
            if (style.Face.Width(tried, style.Size) <= width)
            {
                line = tried;
                continue;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }

            line = word;
            while (style.Face.Width(line, style.Size) > width)
            {
                var fits = Letters(line, style, width);
                lines.Add(line[..fits]);
                line = line[fits..];
            }
        }

        lines.Add(line);
        return lines;
    }

    private static double HeightOf(string paragraph, Style style, double width) => string.IsNullOrWhiteSpace(paragraph)
        ? style.Leading / 2
        : Wrap(paragraph, style, width).Count * style.Leading;

    private static int Letters(string word, Style style, double width)
    {
        var (used, count) = (0d, 0);
        while (count < word.Length && (used += style.Face.Width(word[count], style.Size)) <= width)
        {
            count++;
        }

        return Math.Max(1, count);
    }
}

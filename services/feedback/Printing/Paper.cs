using System.Security.Cryptography;
using System.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Writer;

namespace VGIntegration.Feedback.Printing;

/// <summary>A4 pages that fill from top to bottom: lines wrap, pages follow each other, the same text gives the same bytes.</summary>
internal sealed class Paper : IDisposable
{
    internal const double Left = 62;
    internal const double Right = 595 - 62;
    private const double Gutter = 24;
    private const double Top = 842 - 60;
    private const double Bottom = 78;

    private readonly PdfDocumentBuilder _pdf = new();
    private readonly List<PdfPageBuilder> _pages = [];
    private readonly Dictionary<Typeface, List<(PdfDocumentBuilder.AddedFont Font, HashSet<char> Letters)>> _fonts = [];

    internal Paper(string title, DateTimeOffset madeAt)
    {
        _pdf.ArchiveStandard = PdfAStandard.A2B;
        _pdf.DocumentInformation.Title = title;
        _pdf.DocumentInformation.Producer = "VGIntegration";
        _pdf.DocumentInformation.CreationDate = $"D:{madeAt.UtcDateTime:yyyyMMddHHmmss}Z";
        TurnPage();
    }

    internal double Y { get; private set; }

    internal int PageNumber => _pages.Count;

    /// <summary>Writes a paragraph between two edges and moves down.</summary>
    internal void Write(string text, Style style, double left = Left, double right = Right)
    {
        foreach (var line in Wrap(text, style, right - left))
        {
            if (Y - style.Leading < Bottom)
            {
                TurnPage();
            }

            Y -= style.Leading;
            Draw(_pages[^1], line, style, left, Y + ((style.Leading - style.Size) / 2));
        }
    }

    /// <summary>Writes blocks beside each other; the cursor ends under the longest.</summary>
    internal void Beside(params Action<double, double>[] blocks)
    {
        var (top, lowest, width) = (Y, Y, WidthBeside(blocks.Length));
        for (var i = 0; i < blocks.Length; i++)
        {
            Y = top;
            var left = Left + (i * (width + Gutter));
            blocks[i](left, left + width);
            lowest = Math.Min(lowest, Y);
        }

        Y = lowest;
    }

    internal static double WidthBeside(int blocks) => (Right - Left - (Gutter * (blocks - 1))) / blocks;

    internal void Skip(double points) => Y -= points;

    /// <summary>Begins a new page when less than this is left, so that what belongs together stays together.</summary>
    internal void Keep(double points)
    {
        if (Y - points < Bottom)
        {
            TurnPage();
        }
    }

    internal void Rule(byte grey = 200)
    {
        _pages[^1].SetStrokeColor(grey, grey, grey);
        _pages[^1].DrawLine(new PdfPoint(Left, Y), new PdfPoint(Right, Y), 0.7);
        _pages[^1].ResetColor();
    }

    internal static double Height(string text, Style style, double width) => Wrap(text, style, width).Count() * style.Leading;

    /// <summary>A grey ground for what is written next, which must fit on this page.</summary>
    internal void Ground(double height)
    {
        _pages[^1].SetTextAndFillColor(238, 243, 247);
        _pages[^1].SetStrokeColor(238, 243, 247);
        _pages[^1].DrawRectangle(new PdfPoint(Left - 10, Y - height), Right - Left + 20, height, 0.1, true);
        _pages[^1].ResetColor();
    }

    /// <summary>Writes the same line at the foot of each page with its number, and gives the finished bytes.</summary>
    internal byte[] Finish(string foot, Style style)
    {
        for (var i = 0; i < _pages.Count; i++)
        {
            var number = $"Pagina {i + 1} van {_pages.Count}";
            Draw(_pages[i], foot, style, Left, 44);
            Draw(_pages[i], number, style, Right - style.Face.Width(number, style.Size), 44);
        }

        return Identify(_pdf.Build());
    }

    public void Dispose() => _pdf.Dispose();

    private void TurnPage()
    {
        _pages.Add(_pdf.AddPage(PageSize.A4));
        Y = Top;
    }

    private static IEnumerable<string> Wrap(string text, Style style, double width)
    {
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
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
                    yield return line;
                }

                line = word;
                while (style.Face.Width(line, style.Size) > width)
                {
                    var fits = Fitting(line, style, width);
                    yield return line[..fits];
                    line = line[fits..];
                }
            }

            yield return line;
        }
    }

    private static int Fitting(string word, Style style, double width)
    {
        var (used, count) = (0d, 0);
        while (count < word.Length && (used += style.Face.Width(word[count], style.Size)) <= width)
        {
            count++;
        }

        return Math.Max(1, count);
    }

    private void Draw(PdfPageBuilder page, string line, Style style, double x, double y)
    {
        page.SetTextAndFillColor(style.Red, style.Green, style.Blue);
        for (var start = 0; start < line.Length;)
        {
            var font = FontFor(style.Face, line[start]);
            var end = start + 1;
            while (end < line.Length && FontFor(style.Face, line[end]) == font)
            {
                end++;
            }

            page.AddText(line[start..end], style.Size, new PdfPoint(x, y), font);
            x += style.Face.Width(line.AsSpan(start, end - start), style.Size);
            start = end;
        }

        page.ResetColor();
    }

    // PdfPig's simple fonts hold 255 different letters each; a text with more gets the same font once more.
    private PdfDocumentBuilder.AddedFont FontFor(Typeface face, char letter)
    {
        var fonts = _fonts.TryGetValue(face, out var known) ? known : _fonts[face] = [];
        var holder = fonts.Find(f => f.Letters.Contains(letter));
        if (holder.Font is not null)
        {
            return holder.Font;
        }

        if (fonts.Count == 0 || fonts[^1].Letters.Count >= 250)
        {
            fonts.Add((_pdf.AddTrueTypeFont(face.Bytes), []));
        }

        fonts[^1].Letters.Add(letter);
        return fonts[^1].Font;
    }

    // The library writes a random /ID; PDF/A wants one, and one made of the content is the same for the same content.
    private static byte[] Identify(byte[] pdf)
    {
        var at = pdf.AsSpan().LastIndexOf("/ID [ <"u8) + 7;
        var id = Encoding.ASCII.GetBytes(Convert.ToHexString(SHA256.HashData(pdf.AsSpan(0, at)))[..32]);
        id.CopyTo(pdf, at);
        id.CopyTo(pdf, pdf.AsSpan(at).IndexOf("><"u8) + at + 2);
        return pdf;
    }
}

/// <summary>How a text looks.</summary>
internal sealed record Style(Typeface Face, double Size, double Leading, byte Red = 0, byte Green = 0, byte Blue = 0);

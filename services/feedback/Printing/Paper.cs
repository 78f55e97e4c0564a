using UglyToad.PdfPig.Core;

namespace VGIntegration.Feedback.Printing;

/// <summary>A4 pages that fill from top to bottom: lines wrap, pages follow each other, the same text gives the same bytes.</summary>
internal sealed class Paper : IDisposable
{
    internal const double Left = 62;
    internal const double Right = 595 - 62;
    internal const double Width = Right - Left;
    private const double Gutter = 24;
    private const double Top = 842 - 56;
    private const double Bottom = 78;

    private readonly Sheets _sheets;

    internal Paper(string title, DateTimeOffset madeAt)
    {
        _sheets = new Sheets(title, madeAt);
        TurnPage();
    }

    internal double Y { get; private set; }

    /// <summary>Whether something was written that the letters at hand cannot show.</summary>
    internal bool HasLost { get; private set; }

    private int Page => _sheets.Count - 1;

    /// <summary>Writes paragraphs between two edges and moves down; no line of a paragraph is left alone on a page.</summary>
    internal void Write(string text, Style style, double left = Left, double right = Right)
    {
        HasLost |= !Typeface.CanPrint(text);
        foreach (var paragraph in TextLines.Paragraphs(text))
        {
            if (string.IsNullOrWhiteSpace(paragraph))
            {
                Y -= Y < Top ? style.Leading / 2 : 0;
                continue;
            }

            var (lines, at, element) = (TextLines.Wrap(paragraph, style, right - left), 0, _sheets.Structure.Add(style.Tag));
            while (at < lines.Count)
            {
                var fits = TextLines.Fitting(lines.Count - at, Y - Bottom, style.Leading);
                if (fits == 0)
                {
                    TurnPage();
                    continue;
                }

                var part = lines.Skip(at).Take(fits);
                _sheets.Mark(element, () => Draw(part, style, left));
                at += fits;
            }
        }
    }

    /// <summary>A label at the left and its text beside it; the text may go on over pages.</summary>
    internal void Row(string label, Style labelStyle, string text, Style style, (double Left, double Right, double Column) edges)
    {
        var textLeft = edges.Left + edges.Column;
        Keep(Math.Max(
            TextLines.Height(label, labelStyle, edges.Column - 12), TextLines.Head(text, style, edges.Right - textLeft)));
        var (top, page) = (Y, Page);
        Write(label, labelStyle, edges.Left, textLeft - 12);
        var lowest = Y;
        Y = top;
        Write(text, style, textLeft, edges.Right);
        Y = Page == page ? Math.Min(Y, lowest) : Y;
    }

    /// <summary>Pieces of text that stand out together, over as many pages as they need.</summary>
    internal void Framed(Frame frame, params (string Text, Style Style)[] pieces)
    {
        var lines = pieces.SelectMany(p => TextLines.Paragraphs(p.Text).Where(t => !string.IsNullOrWhiteSpace(t))
            .Select(t => (Lines: TextLines.Wrap(t, p.Style, Width - (2 * Frame.Padding)), p.Style))).ToList();
        HasLost |= pieces.Any(p => !Typeface.CanPrint(p.Text));
        var all = lines.SelectMany((p, i) => p.Lines.Select(line => (Line: line, p.Style, Paragraph: i))).ToList();
        var elements = lines.ConvertAll(p => _sheets.Structure.Add(p.Style.Tag));
        for (var at = 0; at < all.Count;)
        {
            var fits = Framed(all.Skip(at).Select(l => l.Style.Leading).ToList(), at == 0);
            if (fits == 0)
            {
                TurnPage();
                continue;
            }

            var shown = all.Skip(at).Take(fits).ToList();
            Ground(frame, shown.Sum(l => l.Style.Leading) + Frame.Above + Frame.Below);
            Y -= Frame.Above;
            foreach (var paragraph in shown.GroupBy(l => l.Paragraph))
            {
                _sheets.Mark(elements[paragraph.Key], () => Draw(paragraph.Select(l => l.Line), paragraph.First().Style, Left + Frame.Padding));
            }

            Y -= Frame.Below;
            at += fits;
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

    internal static double Height(string text, Style style, double width) => TextLines.Height(text, style, width);

    internal static double WidthBeside(int blocks) => (Width - (Gutter * (blocks - 1))) / blocks;

    internal void Skip(double points) => Y -= points;

    /// <summary>Begins a new page when less than this is left, so that what belongs together stays together.</summary>
    internal void Keep(double points)
    {
        if (Y < Top && Y - points < Bottom)
        {
            TurnPage();
        }
    }

    internal void Rule() => Line(Page, Y, Ink.Hairline);

    /// <summary>The ground and the bar for what is written next, which must fit on this page.</summary>
    internal void Ground(Frame frame, double height) => _sheets.Decorate(Page, () =>
    {
        if (frame.Ground is { } ground)
        {
            _sheets.Ground(Page, new PdfRectangle(Left, Y - height, Right, Y), ground);
        }

        if (frame.Bar is { } bar)
        {
            _sheets.Ground(Page, new PdfRectangle(Left, Y - height, Left + 3, Y), bar);
        }
    });

    /// <summary>A picture in the upper right corner of this page; the cursor does not move.</summary>
    internal void Picture(Logo logo, string alternative) =>
        _sheets.Mark(_sheets.Structure.Add("Figure", alternative), () => _sheets.Picture(logo, logo.In(Right, Top)));

    /// <summary>Writes the same line at the foot of each page with its number, and gives the finished bytes.</summary>
    internal byte[] Finish(string foot, Style style)
    {
        for (var i = 0; i < _sheets.Count; i++)
        {
            var (page, number) = (i, $"Pagina {i + 1} van {_sheets.Count}");
            Line(page, 60, Ink.Hairline);
            _sheets.Decorate(page, () =>
            {
                _sheets.Text(page, TextLines.Wrap(foot, style, Width - 90)[0], style, (Left, 46));
                _sheets.Text(page, number, style, (Right - style.Face.Width(number, style.Size), 46));
            });
        }

        return _sheets.Build();
    }

    public void Dispose() => _sheets.Dispose();

    private void TurnPage()
    {
        _sheets.Add();
        Y = Top;
    }

    private void Draw(IEnumerable<string> lines, Style style, double left)
    {
        foreach (var line in lines)
        {
            Y -= style.Leading;
            _sheets.Text(Page, line, style, (left, Y + ((style.Leading - style.Size) / 2)));
        }
    }

    private void Line(int page, double y, Ink ink) =>
        _sheets.Decorate(page, () => _sheets.Ground(page, new PdfRectangle(Left, y, Right, y + 0.6), ink));

    // The heading of a frame stands above two lines at least, and its last line does not stand alone.
    private int Framed(List<double> leadings, bool isFirst)
    {
        var (room, fits) = (Y - Bottom - Frame.Above - Frame.Below, 0);
        while (fits < leadings.Count && leadings[fits] <= room + 1e-6)
        {
            room -= leadings[fits++];
        }

        if (fits == leadings.Count)
        {
            return fits;
        }

        fits = Math.Min(fits, leadings.Count - TextLines.Together);
        return fits >= TextLines.Together + (isFirst ? 1 : 0) ? fits : 0;
    }
}

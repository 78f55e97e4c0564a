using System.Globalization;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Graphics.Operations.MarkedContent;
using UglyToad.PdfPig.Tokens;
using UglyToad.PdfPig.Writer;

namespace VGIntegration.Feedback.Printing;

/// <summary>The pages themselves: letters, lines and pictures at a place, each marked as what it is.</summary>
internal sealed class Sheets : IDisposable
{
    private readonly PdfDocumentBuilder _pdf = new();
    private readonly List<(PdfPageBuilder Page, int Marks)> _pages = [];
    private readonly Dictionary<byte[], List<(PdfDocumentBuilder.AddedFont Font, HashSet<char> Letters)>> _fonts = [];
    private readonly ArchiveFile _archive;

    internal Sheets(string title, DateTimeOffset madeAt)
    {
        _archive = new ArchiveFile(title, madeAt.ToUniversalTime());
        _pdf.ArchiveStandard = PdfAStandard.A2B;
        _pdf.DocumentInformation.Title = title;
        _pdf.DocumentInformation.Producer = ArchiveFile.Producer;
        _pdf.DocumentInformation.CreationDate = madeAt.UtcDateTime.ToString("'D:'yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture);
    }

    internal int Count => _pages.Count;

    internal Structure Structure { get; } = new();

    internal void Add() => _pages.Add((_pdf.AddPage(PageSize.A4), 0));

    /// <summary>Draws on the last page, as a part of the element.</summary>
    internal void Mark(Structure.Element element, Action draw)
    {
        var (page, mark) = _pages[^1];
        element.Places.Add((_pages.Count - 1, mark));
        _pages[^1] = (page, mark + 1);
        Around(page, draw, new BeginMarkedContentWithProperties(
            NameToken.Create(element.Tag), new DictionaryToken(new Dictionary<NameToken, IToken> { [NameToken.Create("MCID")] = new NumericToken(mark) })));
    }

    /// <summary>Draws on a page what is no part of the text: lines, grounds, page numbers.</summary>
    internal void Decorate(int page, Action draw) =>
        Around(_pages[page].Page, draw, new BeginMarkedContent(NameToken.Create("Artifact")));

    internal void Text(int page, string line, Style style, (double X, double Y) at)
    {
        var sheet = _pages[page].Page;
        sheet.SetTextAndFillColor(style.Ink.R, style.Ink.G, style.Ink.B);
        var x = at.X;
        for (var start = 0; start < line.Length;)
        {
            var font = FontFor(style.Face, line[start]);
            var end = start + 1;
            while (end < line.Length && FontFor(style.Face, line[end]) == font)
            {
                end++;
            }

            sheet.AddText(line[start..end], style.Size, new PdfPoint(x, at.Y), font);
            x += style.Face.Width(line.AsSpan(start, end - start), style.Size);
            start = end;
        }

        sheet.ResetColor();
    }

    internal void Ground(int page, PdfRectangle place, Ink ink)
    {
        var sheet = _pages[page].Page;
        sheet.SetTextAndFillColor(ink.R, ink.G, ink.B);
        sheet.SetStrokeColor(ink.R, ink.G, ink.B);
        sheet.DrawRectangle(place.BottomLeft, place.Width, place.Height, 0.1, true);
        sheet.ResetColor();
    }

    internal void Picture(Logo logo, PdfRectangle place) => logo.Draw(_pages[^1].Page, place);

    internal byte[] Build() => _archive.Complete(_pdf.Build(), Structure);

    public void Dispose() => _pdf.Dispose();

    private static void Around(PdfPageBuilder page, Action draw, UglyToad.PdfPig.Graphics.Operations.IGraphicsStateOperation begin)
    {
        page.CurrentStream.Operations.Add(begin);
        draw();
        page.CurrentStream.Operations.Add(EndMarkedContent.Value);
    }

    // PdfPig's simple fonts hold 255 different letters each; a text with more gets the same font once more.
    private PdfDocumentBuilder.AddedFont FontFor(Typeface face, char letter)
    {
        var file = face.FileWith(letter);
        var fonts = _fonts.TryGetValue(file, out var known) ? known : _fonts[file] = [];
        var holder = fonts.Find(f => f.Letters.Contains(letter));
        if (holder.Font is not null)
        {
            return holder.Font;
        }

        if (fonts.Count == 0 || fonts[^1].Letters.Count >= 250)
        {
            fonts.Add((_pdf.AddTrueTypeFont(file), []));
        }

        fonts[^1].Letters.Add(letter);
        return fonts[^1].Font;
    }
}

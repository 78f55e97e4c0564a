using System.Globalization;
using System.Text;

namespace VGIntegration.Feedback.Explaining;

/// <summary>
/// The screen in the waiting room: few words, so large that they can be read from five metres, one after the other without a
/// script. Who asks for less movement, prints it or stops it, sees them all or keeps the one that is there.
/// </summary>
internal static class WaitingRoom
{
    private const int Seconds = 12;

    internal static IReadOnlyList<Piece> Slides(Explanation explanation) =>
    [
        new(Explanation.Title, "Gaat het niet goed met u? Samen zoeken wij wat u kan helpen."),
        new("Met twee mensen", "Een uit de psychische zorg, en een uit de wijk."),
        new("60 tot 90 minuten", "Bij u in de buurt. Gratis. U zit nergens aan vast."),
        new("Neem iemand mee", "Uw partner, familie, een vriend of een buur. Dat helpt vaak."),
        new("U maakt zelf het advies", "Samen, in uw eigen woorden. U bepaalt wie het krijgt."),
        new("Iets voor u?", explanation.Telephone is { } telephone ? $"Vraag het uw huisarts, of bel {telephone}." : "Vraag het uw huisarts."),
    ];

    /// <summary>A letter of 7 % of the height is 28 mm on a screen of 32 inch: good to read from more than five metres.</summary>
    internal static string Css(int slides)
    {
        var (all, share) = (slides * Seconds, 100.0 / slides);
        var css = new StringBuilder($$"""
            * { box-sizing: border-box; margin: 0; }
            html, body { height: 100%; }
            body { background: #f4f7fa; color: #14293d; font-family: Arial, Helvetica, sans-serif; overflow: hidden; }
            .slide { position: absolute; inset: 0 0 12vh 0; display: flex; flex-direction: column; justify-content: center; padding: 4vh 6vw; opacity: 0; animation: turn {{all}}s infinite; }
            h1 { font-size: min(14vh, 9vw); line-height: 1.15; color: #124263; margin-bottom: 4vh; }
            p { font-size: min(8.5vh, 6vw); line-height: 1.3; max-width: 30em; }
            footer { position: absolute; inset: auto 0 0 0; height: 12vh; display: flex; align-items: center; padding: 0 6vw; background: #124263; color: #fff; font-size: min(5.5vh, 4.5vw); }
            .pause { position: absolute; top: 1rem; right: 1rem; width: 24px; height: 24px; opacity: 0; z-index: 2; }
            .pause-label { position: absolute; top: 1rem; right: 3.5rem; z-index: 1; background: #fff; padding: .25rem .75rem; border: 2px solid #124263; opacity: 0; font-size: 1rem; }
            .pause:focus-visible, .pause:focus-visible + .pause-label, .pause:hover, .pause:hover + .pause-label, .pause:checked, .pause:checked + .pause-label { opacity: 1; }
            .pause:checked ~ .slides .slide { animation-play-state: paused; }
            @keyframes turn { 0% { opacity: 0; } {{Number(share * 0.06)}}% { opacity: 1; } {{Number(share * 0.94)}}% { opacity: 1; } {{Number(share)}}% { opacity: 0; } 100% { opacity: 0; } }

            """);
        for (var i = 0; i < slides; i++)
        {
            css.Append(CultureInfo.InvariantCulture, $".slide:nth-child({i + 1}) {{ animation-delay: {i * Seconds}s; }}\n");
        }

        css.Append("""
            @media (prefers-reduced-motion: reduce), print {
              body { overflow: auto; }
              .slide { position: static; opacity: 1; animation: none; min-height: 88vh; }
              footer { position: static; }
            }

            """);
        return css.ToString();
    }

    private static string Number(double percentage) => percentage.ToString("0.##", CultureInfo.InvariantCulture);
}

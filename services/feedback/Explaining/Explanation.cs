using VGIntegration.Feedback.Printing;
using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Explaining;

/// <summary>One piece of the explanation: short sentences, u, no jargon (B1).</summary>
/// <param name="Heading">What it answers.</param>
/// <param name="Text">One paragraph.</param>
/// <param name="Points">What is enumerated under it.</param>
internal sealed record Piece(string Heading, string Text, params string[] Points);

/// <summary>
/// What a resident wants to know, the same on the page, on the screen in the waiting room and in the leaflet. The facts are
/// those of the region's guide; the name and the telephone number are the region's own (Explaining:Region, Explaining:Telephone).
/// </summary>
internal sealed record Explanation(string? Region, string? Telephone)
{
    internal const string Title = "Verkennend gesprek";

    internal const string Lead =
        "Gaat het niet goed met u? En is het nog niet duidelijk welke hulp bij u past? Dan kan uw huisarts een verkennend gesprek voor u aanvragen.";

    internal static readonly IReadOnlyList<Piece> Pieces =
    [
        new("Wat is een verkennend gesprek?",
            "U praat met twee mensen. De een werkt in de psychische zorg (GGZ). De ander werkt bijvoorbeeld bij het wijkteam of het welzijnswerk. "
            + "Samen kijkt u wat er speelt en wat u kan helpen. Het is geen behandeling, en u krijgt geen diagnose."),
        new("Waar kan het over gaan?",
            "U bepaalt waar het over gaat.",
            "hoe het met u gaat, en wat er in uw leven gebeurt",
            "zorgen over bijvoorbeeld geld, wonen, werk of mensen om u heen",
            "wat goed gaat, en wie u kan helpen",
            "wat u zelf wilt proberen"),
        new("Hoe lang duurt het, en wat kost het?",
            "Het gesprek duurt 60 tot 90 minuten. Het is bij u in de buurt. Het is gratis, en u zit nergens aan vast."),
        new("Mag er iemand mee?",
            "Ja, graag. Neem iemand mee die u vertrouwt: uw partner, familie, een vriend of een buur. Dat helpt vaak."),
        new("Hoe gaat het?", "",
            "Uw huisarts vraagt het gesprek voor u aan.",
            "De planner belt u. Samen kiest u een dag en een plek. Hebt u een tolk nodig? Of kent u iemand liever niet in het gesprek? Zeg het dan.",
            "U voert het gesprek. Aan het eind maakt u samen een advies, in uw eigen woorden.",
            "U krijgt het advies mee. Uw huisarts krijgt het alleen als u dat goedvindt.",
            "Daarna begint u met wat in het advies staat. Hebt u een vraag? Bel een van de twee mensen met wie u sprak. Hun nummer staat in het advies."),
        new("Staat u op een wachtlijst?",
            "Dan verandert er niets. Uw plaats op een wachtlijst van de GGZ blijft dezelfde. Wel kan er hulp komen voor de tijd dat u wacht."),
        new("Wat gebeurt er met wat u vertelt?",
            "De twee mensen zien alleen wat zij voor het gesprek nodig hebben. Wie niet in de zorg werkt, ziet uw burgerservicenummer (BSN) niet."),
    ];

    internal static readonly Piece Crisis = new("Hebt u nu hulp nodig?",
        "Wacht dan niet op een gesprek. Bel uw huisarts, of 's avonds en in het weekend de huisartsenpost. Is er direct gevaar? Bel 112. "
        + "Denkt u aan zelfdoding? Bel dag en nacht gratis 0800-0113, of ga naar 113.nl.");

    /// <summary>Whom to ask.</summary>
    internal Piece Questions => new("Hebt u een vraag?", (Region, Telephone) switch
    {
        ({ } region, { } telephone) => $"Vraag uw huisarts, of bel {region}: {telephone}.",
        (null, { } telephone) => $"Vraag uw huisarts, of bel ons: {telephone}.",
        ({ } region, null) => $"Vraag uw huisarts. In deze regio regelt {region} de gesprekken.",
        _ => "Vraag uw huisarts.",
    });

    internal IEnumerable<Piece> All => Pieces.Append(Crisis).Append(Questions);

    /// <exception cref="SettingException">A setting is too long for the screen and the leaflet, or cannot be printed.</exception>
    internal static Explanation Of(IConfiguration settings)
    {
        var (region, telephone) = (Text(settings, "Explaining:Region", 60), Text(settings, "Explaining:Telephone", 30));
        return new Explanation(region, telephone);
    }

    private static string? Text(IConfiguration settings, string name, int longest) => settings[name]?.Trim() switch
    {
        null or "" => null,
        var text when text.Length <= longest && Typeface.CanPrint(text) => text,
        _ => throw new SettingException($"{name} must be at most {longest} characters that can be printed."),
    };
}

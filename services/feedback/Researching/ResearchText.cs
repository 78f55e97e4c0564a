namespace VGIntegration.Feedback.Researching;

/// <summary>What the resident is told before answering; a change of the text is a new version, kept with each answer.</summary>
internal static class ResearchText
{
    internal const string Version = "2026-11";

    internal const string Lead =
        "De Erasmus Universiteit onderzoekt of verkennende gesprekken mensen helpen. Wij vragen of u wilt meedoen.";

    internal static readonly IReadOnlyList<string> Points =
    [
        "Meedoen is vrijwillig. Doet u niet mee? Dan verandert er niets aan uw hulp.",
        "U vult drie keer een vragenlijst in: nu, over drie maanden en over zes maanden. Dat duurt ongeveer 15 minuten per keer.",
        "Het kan samen met een onderzoeker, met de telefoon of met Teams. Het kan ook alleen, per e-mail of per post.",
        "U krijgt 20 euro voor elke vragenlijst.",
        "Zegt u ja? Dan krijgt de onderzoeker uw naam, adres, telefoonnummer en e-mailadres. De onderzoeker krijgt niet wat u in het gesprek vertelt.",
        "U kunt altijd stoppen. U hoeft niet te zeggen waarom.",
    ];

    internal static string InDutch(this ResearchMoment moment) => moment switch
    {
        ResearchMoment.Start => "Start",
        ResearchMoment.ThreeMonths => "Na 3 maanden",
        _ => "Na 6 maanden",
    };
}

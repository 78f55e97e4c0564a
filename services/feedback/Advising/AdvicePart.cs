namespace VGIntegration.Feedback.Advising;

/// <summary>The parts of an advice, in the order of the letter.</summary>
internal enum AdvicePart
{
    Situation,
    Strengths,
    Wishes,
    Self,
    Network,
    SocialDomain,
    GeneralPractitioner,
    BasicCare,
    SpecialisedCare,
    Bridging,
    Agreements,
}

/// <summary>How people read the parts.</summary>
internal static class AdvicePartWords
{
    public static IReadOnlyList<AdvicePart> All { get; } = Enum.GetValues<AdvicePart>();

    /// <summary>What the huisarts and the resident read above it.</summary>
    public static string Heading(this AdvicePart part) => part switch
    {
        AdvicePart.Situation => "Wat speelt er (in de woorden van de inwoner)",
        AdvicePart.Strengths => "Eigen kracht en netwerk",
        AdvicePart.Wishes => "Wat de inwoner wil proberen",
        AdvicePart.Self => "Zelf",
        AdvicePart.Network => "Familie, vrienden en buurt",
        AdvicePart.SocialDomain => "Sociaal domein",
        AdvicePart.GeneralPractitioner => "Huisarts",
        AdvicePart.BasicCare => "Basis-GGZ",
        AdvicePart.SpecialisedCare => "Gespecialiseerde GGZ",
        AdvicePart.Bridging => "Steun tijdens het wachten (sociaal domein)",
        AdvicePart.Agreements => "Afspraken",
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    /// <summary>What the resident reads above it, on the page and in the copy.</summary>
    public static string HeadingForResident(this AdvicePart part) => part switch
    {
        AdvicePart.Situation => "Wat speelt er (in uw woorden)",
        AdvicePart.Wishes => "Wat u wilt proberen",
        _ => part.Heading(),
    };

    /// <summary>What the professionals are asked.</summary>
    public static string Question(this AdvicePart part) => part switch
    {
        AdvicePart.Situation => "Wat speelt er?",
        AdvicePart.Wishes => "Wat wil de inwoner proberen?",
        AdvicePart.Bridging => "Steun tijdens het wachten",
        _ => part.Heading(),
    };

    public static string Hint(this AdvicePart part) => part switch
    {
        AdvicePart.Situation => "In de woorden van de inwoner.",
        AdvicePart.Strengths => "Wat gaat goed, en wie kan helpen?",
        AdvicePart.Wishes => "Waar wil de inwoner mee beginnen?",
        AdvicePart.Self => "Wat doet de inwoner zelf?",
        AdvicePart.Network => "Wie in de buurt van de inwoner helpt, en waarmee?",
        AdvicePart.SocialDomain => "Bijvoorbeeld welzijn, maatschappelijk werk of een lotgenotengroep.",
        AdvicePart.GeneralPractitioner => "Waarvoor gaat de inwoner naar de huisarts of de POH?",
        AdvicePart.BasicCare => "Alleen als dit past. Er komt geen voorrang uit dit gesprek.",
        AdvicePart.SpecialisedCare => "Alleen als dit past. Er komt geen voorrang uit dit gesprek.",
        AdvicePart.Bridging => "Hulp uit het sociaal domein zolang de inwoner op andere hulp wacht.",
        AdvicePart.Agreements => "Wie doet wat, en wanneer?",
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    /// <summary>Whether it says which support fits, on one domain.</summary>
    public static bool IsSupport(this AdvicePart part) => part is >= AdvicePart.Self and <= AdvicePart.Bridging;
}

namespace VGIntegration.Feedback.Monitoring;

/// <summary>One answer of the form: as the code knows it, as it is published, and as people read it.</summary>
internal sealed record Choice<T>(T Value, string Code, string Dutch)
    where T : struct, Enum;

/// <summary>The answers that can be chosen. The codes are those of contracts/fhir/definitions; a test holds them together.</summary>
internal static class Choices
{
    internal static readonly IReadOnlyList<Choice<Place>> Places =
    [
        new(Place.CommunityCentre, "buurthuis", "Buurthuis of wijkcentrum"),
        new(Place.GeneralPractice, "huisartsenpraktijk", "Huisartsenpraktijk"),
        new(Place.MentalHealthOrganisation, "ggz-instelling", "Gebouw van de GGZ"),
        new(Place.SocialDomainOrganisation, "sociaal-domein", "Gebouw van de gemeente of welzijn"),
        new(Place.Home, "thuis", "Thuis bij de inwoner"),
        new(Place.Elsewhere, "elders", "Ergens anders"),
        new(Place.Remote, "op-afstand", "Geen plek: online of telefonisch"),
    ];

    internal static readonly IReadOnlyList<Choice<Setting>> Settings =
    [
        new(Setting.InPerson, "samen", "Samen in één ruimte"),
        new(Setting.Online, "online", "Online, met beeld"),
        new(Setting.Telephone, "telefonisch", "Met de telefoon"),
    ];

    internal static readonly IReadOnlyList<Choice<Company>> Companies =
    [
        new(Company.OwnCircle, "eigen-kring", "Iemand uit de eigen kring"),
        new(Company.Interpreter, "tolk", "Een tolk"),
    ];

    internal static readonly IReadOnlyList<Choice<NextSteps>> Steps =
    [
        new(NextSteps.Self, "zelf", "De inwoner gaat zelf aan de slag"),
        new(NextSteps.Network, "netwerk", "Eigen netwerk"),
        new(NextSteps.SocialDomain, "sociaal-domein", "Sociaal domein"),
        new(NextSteps.GeneralPractitioner, "huisarts", "Huisarts of POH-GGZ"),
        new(NextSteps.MentalHealthBasic, "ggz-basis", "Basis-GGZ"),
        new(NextSteps.MentalHealthSpecialist, "ggz-specialistisch", "Gespecialiseerde GGZ"),
        new(NextSteps.Bridging, "overbrugging", "Overbrugging door het sociaal domein"),
        new(NextSteps.NoFollowUp, "geen-vervolg", "Geen vervolg nodig"),
        new(NextSteps.NotYetKnown, "nog-niet-bekend", "Nog niet bekend"),
    ];

    internal static readonly IReadOnlyList<Choice<ResidentTurn>> Turns =
    [
        new(ResidentTurn.Answered, "ingevuld", "Ingevuld"),
        new(ResidentTurn.Skipped, "overgeslagen", "Overgeslagen"),
        new(ResidentTurn.NotOffered, "niet-gevraagd", "Niet gevraagd"),
    ];

    internal static Choice<T>? Of<T>(this IReadOnlyList<Choice<T>> choices, T? value)
        where T : struct, Enum => choices.FirstOrDefault(c => value is { } given && EqualityComparer<T>.Default.Equals(c.Value, given));

    internal static Choice<T>? WithCode<T>(this IReadOnlyList<Choice<T>> choices, string? code)
        where T : struct, Enum => choices.FirstOrDefault(c => c.Code == code);

    internal static IEnumerable<Choice<T>> In<T>(this IReadOnlyList<Choice<T>> choices, T value)
        where T : struct, Enum => choices.Where(c => value.HasFlag(c.Value));
}

/// <summary>Five answers to one question, from bad to good; the first is 1.</summary>
internal static class Scales
{
    internal static readonly IReadOnlyList<string> Experience = ["Heel vervelend", "Vervelend", "Gewoon", "Prettig", "Heel prettig"];
    internal static readonly IReadOnlyList<string> Helpfulness = ["Helemaal niet", "Niet echt", "Een beetje", "Ja", "Ja, heel veel"];
    internal static readonly IReadOnlyList<string> OwnExperience = ["Heel moeizaam", "Moeizaam", "Gewoon", "Goed", "Heel goed"];
}

/// <summary>One question with five faces.</summary>
/// <param name="Name">Of the field.</param>
/// <param name="Question">As it is asked.</param>
/// <param name="Words">Under the faces, from 1 to 5.</param>
/// <param name="Chosen">What was chosen before; 0 is to skip.</param>
/// <param name="Skip">What to skip is called, or null where it cannot be.</param>
internal sealed record FacesQuestion(string Name, string Question, IReadOnlyList<string> Words, int? Chosen, string? Skip = null)
{
    /// <summary>Where a link to a fault leads.</summary>
    public string Id { get; init; } = Name;

    public string? Fault { get; init; }
}

namespace VGIntegration.Feedback.Advising;

/// <summary>What the duo and the resident wrote together, part by part, in the order of the letter.</summary>
internal sealed record AdviceText
{
    public string Situation { get; init; } = "";
    public string Strengths { get; init; } = "";
    public string Wishes { get; init; } = "";
    public string Support { get; init; } = "";
    public string Agreements { get; init; } = "";

    public bool IsEmpty => Parts.All(part => string.IsNullOrWhiteSpace(part.Text));

    /// <summary>The parts under the headings that the huisarts and the resident read.</summary>
    public IReadOnlyList<(string Heading, string Text)> Parts =>
    [
        ("Wat speelt er (in de woorden van de inwoner)", Situation),
        ("Eigen kracht en netwerk", Strengths),
        ("Wat de inwoner wil", Wishes),
        ("Welke steun daarbij past", Support),
        ("Afspraken", Agreements),
    ];
}

using VGIntegration.Fhir;

namespace VGIntegration.ReferralIntake.Reading;

/// <summary>
/// A channel that sends documents: who gives out its referral numbers, which kinds of documents it sends, and in which
/// version of FHIR. ZorgDomein is the usual one; others are settings (Channels:0:Name and so on).
/// </summary>
internal sealed record Channel
{
    public string Name { get; init; } = "";

    /// <summary>The system of Bundle.identifier, when the channel has one; other documents are then not of this channel.</summary>
    public string? Issuer { get; init; }

    /// <summary>The system of the number that groups the documents of one referral.</summary>
    public string NumberSystem { get; init; } = "";

    /// <summary>The system of Composition.type.</summary>
    public string KindSystem { get; init; } = CodeSystems.DocumentKind;

    public IReadOnlyList<string> Kinds { get; init; } =
        [DocumentKinds.AppointmentRequest, DocumentKinds.ReferralLetter, DocumentKinds.Questionnaire, DocumentKinds.Supplement, DocumentKinds.Cancellation];

    /// <summary>Only 4.0 has a reader; another version is another reader.</summary>
    public string FhirVersion { get; init; } = "4.0";
}

internal static class DocumentKinds
{
    internal const string AppointmentRequest = "appointment-request";
    internal const string ReferralLetter = "referral-letter";
    internal const string Questionnaire = "questionnaire";
    internal const string Supplement = "supplement";
    internal const string Cancellation = "cancellation";
}

internal sealed class Channels(IReadOnlyList<Channel> all)
{
    internal static readonly Channels Usual = new([new Channel { Name = "ZorgDomein", NumberSystem = IdentifierSystems.ZorgDomein }]);

    internal Channel? ByNumber(string? system) => all.FirstOrDefault(c => c.NumberSystem == system);

    internal bool HasKindSystem(string? system) => all.Any(c => c.KindSystem == system);
}

using Hl7.Fhir.Model;
using VGIntegration.Contracts.Planning;
using VGIntegration.Fhir;

namespace VGIntegration.ReferralIntake.Following;

/// <summary>Why a referral ended without an advice, as a huisarts reads it in Task.statusReason.</summary>
internal static class ClosingReasons
{
    internal static CodeableConcept? Told(string? reason) => reason switch
    {
        null => null,
        ClosingReason.WithdrawnByReferrer => Concept("ingetrokken-door-verwijzer", "Ingetrokken door de huisarts"),
        ClosingReason.EnteredInError => Concept("foutief-ingevoerd", "Foutief ingevoerd"),
        ClosingReason.WithdrawnByResident => Concept("ingetrokken-door-inwoner", "De inwoner ziet ervan af"),
        ClosingReason.Unreachable => Concept("niet-bereikt", "De inwoner is niet bereikt"),
        ClosingReason.NotAttended => Concept("niet-verschenen", "De inwoner is niet verschenen"),
        ClosingReason.OutsideRegion => Concept("buiten-regio", "De inwoner woont buiten de regio"),
        ClosingReason.Duplicate => Concept("dubbel", "Er is al een verwijzing voor deze inwoner"),
        ClosingReason.Deceased => Concept("overleden", "De inwoner is overleden"),
        _ => Concept("anders", "Een andere reden; de planner licht die toe"),
    };

    private static CodeableConcept Concept(string code, string text) => new(CodeSystems.ClosingReason, code, text, text);
}

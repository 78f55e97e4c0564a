using Hl7.Fhir.Model;
using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Reading;

namespace VGIntegration.ReferralIntake.Judging;

/// <summary>Whether it is an order, for now, and for an exploratory conversation.</summary>
internal static class JudgeOrder
{
    internal static void Judge(ServiceRequest request, Sent at, Judgement judgement)
    {
        if (request.StatusElement?.JsonValue is null)
        {
            judgement.Add(Rules.StatusMissing, at, "status");
        }
        else if (request.StatusElement.JsonValue is not "active")
        {
            judgement.Add(Rules.StatusNotActive, at, "status");
        }

        if (request.IntentElement?.JsonValue is null)
        {
            judgement.Add(Rules.IntentMissing, at, "intent");
        }
        else if (request.IntentElement.JsonValue is not "order")
        {
            judgement.Add(Rules.IntentNotOrder, at, "intent");
        }

        if (request.DoNotPerformElement?.JsonValue is true)
        {
            judgement.Add(Rules.DoNotPerform, at, "doNotPerform");
        }

        JudgeService(request, at, judgement);
    }

    private static void JudgeService(ServiceRequest request, Sent at, Judgement judgement)
    {
        var isTold = request.Code is { Coding.Count: > 0 } or { Text.Length: > 0 };
        var isWelzijn = request.Category.Any(c => Says(c, CodeSystems.Welzijn, "welzijn") || IsConversation(c));
        if (IsConversation(request.Code) || (isWelzijn && (!isTold || IsReferralOnly(request.Code))))
        {
            return;
        }

        judgement.Add(isTold || request.Category.Count > 0 ? Rules.ServiceOther : Rules.ServiceMissing, at, "code");
    }

    private static bool IsConversation(CodeableConcept? concept) => Says(concept, CodeSystems.VerkennendGesprek, "verkennend gesprek");

    private static bool Says(CodeableConcept? concept, string code, string text) => concept is not null
        && (IsText(concept.Text, text) || concept.Coding.Any(c => (c.System == CodeSystems.RequestedService && c.Code == code) || IsText(c.Display, text)));

    private static bool IsText(string? told, string text) => told.AsSpan().Trim().Equals(text, StringComparison.OrdinalIgnoreCase);

    private static bool IsReferralOnly(CodeableConcept? code) =>
        code is { Coding.Count: > 0 } && code.Coding.All(c => c.System == CodeSystems.Snomed && c.Code == "3457005");
}

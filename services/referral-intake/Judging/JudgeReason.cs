using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;
using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Reading;

namespace VGIntegration.ReferralIntake.Judging;

/// <summary>Why the huisarts refers. Nothing here ever refuses: doubt is itself a reason.</summary>
internal static class JudgeReason
{
    internal static IReadOnlyList<string> Criteria(ServiceRequest request, Sent at, Judgement judgement)
    {
        var criteria = new List<string>();
        for (var i = 0; i < request.ReasonCode.Count; i++)
        {
            for (var j = 0; j < request.ReasonCode[i].Coding.Count; j++)
            {
                var coding = request.ReasonCode[i].Coding[j];
                if (coding.System != CodeSystems.Criterion)
                {
                    continue;
                }

                if (coding.Code is null || !CodeSystems.Criteria.Contains(coding.Code))
                {
                    judgement.Add(Rules.CriterionUnknown, at, $"reasonCode[{i}].coding[{j}].code");
                }
                else if (!criteria.Contains(coding.Code))
                {
                    criteria.Add(coding.Code);
                }
            }
        }

        if (criteria.Count == 0)
        {
            judgement.Add(Rules.CriterionMissing, at, "reasonCode");
        }

        return criteria;
    }

    internal static void Complaints(ServiceRequest request, Sent at, Submission submission, Judgement judgement)
    {
        for (var i = 0; i < request.ReasonCode.Count; i++)
        {
            Complaint(request.ReasonCode[i], at, $"reasonCode[{i}]", judgement);
        }

        foreach (var condition in submission.All<Condition>())
        {
            Complaint(((Condition)condition.Resource).Code, condition, "code", judgement);
        }
    }

    internal static string Priority(ServiceRequest request, Sent at, Judgement judgement)
    {
        var priority = request.PriorityElement is { JsonValue: not null } told && told.HasValidValue() ? request.Priority! : RequestPriority.Routine;
        if (priority is not RequestPriority.Routine)
        {
            judgement.Add(Rules.PriorityUrgent, at, "priority");
        }

        return EnumUtility.GetLiteral(priority)!;
    }

    private static void Complaint(CodeableConcept? concept, Sent at, string element, Judgement judgement)
    {
        for (var i = 0; i < concept?.Coding.Count; i++)
        {
            if (concept.Coding[i].System == CodeSystems.Icpc && !Icpc.IsValid(concept.Coding[i].Code))
            {
                judgement.Add(Rules.IcpcUnknown, at, $"{element}.coding[{i}].code");
            }
        }
    }
}

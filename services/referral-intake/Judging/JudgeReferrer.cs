using Hl7.Fhir.Model;
using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Reading;

namespace VGIntegration.ReferralIntake.Judging;

/// <summary>Who refers, and for which practice. Where the answer goes comes from the registration, never from here.</summary>
internal static class JudgeReferrer
{
    internal static string Judge(ServiceRequest request, Sent at, Submission submission, Judgement judgement)
    {
        var sent = submission.Find(request.Requester, at);
        var (professional, practice, told) = (sent, sent, request.Requester);
        if (sent?.Resource is PractitionerRole role)
        {
            professional = submission.Find(role.Practitioner, sent);
            practice = submission.Find(role.Organization, sent);
            told = role.Organization ?? told;
        }

        var organization = practice?.Resource as Organization;
        var practitioner = professional?.Resource as Practitioner;
        JudgePractice(request, organization is null ? null : practice, told, at, sent, judgement);
        if (practitioner is not null)
        {
            JudgeProfessional(practitioner, professional!, judgement);
        }

        return (PersonName.Of(practitioner?.Name ?? []) ?? request.Requester?.Display ?? organization?.Name ?? "Huisarts").Cut(300);
    }

    private static void JudgePractice(
        ServiceRequest request, Sent? practice, ResourceReference? told, Sent at, Sent? sent, Judgement judgement)
    {
        var numbers = ((practice?.Resource as Organization)?.Identifier ?? []).Append(told?.Identifier).Append(request.Requester?.Identifier)
            .Append(Submission.Condition(told)?.Identifier)
            .OfType<Identifier>().Where(i => i.System is IdentifierSystems.Agb or IdentifierSystems.Ura && !string.IsNullOrWhiteSpace(i.Value)).ToList();
        if (numbers.Any(n => DutchNumbers.HasForm(n.System, n.Value!.Trim())))
        {
            return;
        }

        if (practice is not null)
        {
            judgement.Add(numbers.Count > 0 ? Rules.PracticeNumberInvalid : Rules.PracticeNumberMissing, practice, "identifier");
        }
        else if (numbers.Count > 0)
        {
            judgement.Add(Rules.PracticeNumberInvalid, at, "requester");
        }
        else
        {
            judgement.Add(sent is null ? Rules.ReferrerMissing : Rules.PracticeNumberMissing, at, "requester");
        }
    }

    private static void JudgeProfessional(Practitioner practitioner, Sent at, Judgement judgement)
    {
        for (var i = 0; i < practitioner.Identifier.Count; i++)
        {
            if (!DutchNumbers.HasForm(practitioner.Identifier[i].System, practitioner.Identifier[i].Value?.Trim()))
            {
                judgement.Add(Rules.ProfessionalNumberInvalid, at, $"identifier[{i}].value");
            }
        }
    }
}

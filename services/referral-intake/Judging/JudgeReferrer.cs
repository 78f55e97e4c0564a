using Hl7.Fhir.Model;
using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Reading;

namespace VGIntegration.ReferralIntake.Judging;

/// <summary>Who refers, and for which practice. Where the answer goes comes from the registration, never from here.</summary>
internal static class JudgeReferrer
{
    internal static string Judge(ServiceRequest request, Sent at, Submission submission, Judgement judgement)
    {
        var sent = Find(request.Requester, at, "requester", submission, judgement);
        var (professional, practice, told) = (sent, sent, request.Requester);
        if (sent?.Resource is PractitionerRole role)
        {
            professional = Find(role.Practitioner, sent, "practitioner", submission, judgement);
            practice = Find(role.Organization, sent, "organization", submission, judgement);
            told = role.Organization ?? told;
        }

        var organization = practice?.Resource as Organization;
        var practitioner = professional?.Resource as Practitioner;
        var name = PersonName.Of(practitioner?.Name ?? []);
        JudgePractice(request, organization is null ? null : practice, name is not null, told, at, sent, judgement);
        if (practitioner is not null)
        {
            JudgeProfessional(practitioner, professional!, judgement);
        }

        return (name ?? request.Requester?.Display ?? organization?.Name ?? "Huisarts").Cut(300);
    }

    private static Sent? Find(ResourceReference? reference, Sent from, string element, Submission submission, Judgement judgement)
    {
        var found = submission.Find(reference, from, out var isAmbiguous);
        if (isAmbiguous)
        {
            judgement.Add(Rules.ReferenceAmbiguous, from, element);
        }

        return found;
    }

    private static void JudgePractice(
        ServiceRequest request, Sent? practice, bool isNamed, ResourceReference? told, Sent at, Sent? sent, Judgement judgement)
    {
        var numbers = ((practice?.Resource as Organization)?.Identifier ?? []).Append(told?.Identifier).Append(request.Requester?.Identifier)
            .Append(Submission.Condition(told)?.Identifier)
            .OfType<Identifier>().Where(i => i.System is IdentifierSystems.Agb or IdentifierSystems.Ura && !string.IsNullOrWhiteSpace(i.Value)).ToList();
        if (numbers.Any(n => DutchNumbers.HasForm(n.System, n.Value!.Trim())))
        {
            return;
        }

        if (practice is { Resource: Organization { Name.Length: > 0 } } && numbers.Count == 0 && isNamed)
        {
            judgement.Add(Rules.PracticeNumberFromRegistration, practice, "identifier"); // somebody known there asks: the practice of the token has a number
        }
        else if (practice is not null)
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

using Hl7.Fhir.Model;
using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Judging;
using VGIntegration.ReferralIntake.Receiving;
using VGIntegration.ReferralIntake.Supplementing;
using ReferralRequest = VGIntegration.ReferralIntake.Receiving.ReferralRequest;

namespace VGIntegration.ReferralIntake.Reading;

/// <summary>What came out of reading: a request when nothing refuses it, and everything there is to say about it.</summary>
internal sealed record JudgedReferral(ReferralRequest? Request, IReadOnlyList<Finding> Findings);

/// <summary>
/// The one reader of referrals, whichever way they come in: a single ServiceRequest, or a transaction, message or document
/// Bundle. It judges with the rules in Judging, all reasons at once. The resource that was read is used up.
/// </summary>
internal static class ServiceRequestReader
{
    internal static JudgedReferral Read(Resource body, IReadOnlyList<Finding> tolerated, Channels? known = null)
    {
        var (judgement, channels) = (new Judgement(tolerated), known ?? Channels.Usual);
        if (!BundleForm.IsReadable(body, judgement))
        {
            return new JudgedReferral(null, judgement.Findings());
        }

        var submission = Submission.Of(body);
        BundleForm.Judge(submission, judgement);
        if (body is Bundle { Type: Bundle.BundleType.Document } document && DocumentReader.Read(document, submission, channels, judgement) is { IsRequest: false })
        {
            return new JudgedReferral(null, judgement.Findings());
        }

        if (OnlyRequest(submission, body, judgement) is not { } sent)
        {
            return new JudgedReferral(null, judgement.Findings());
        }

        var request = (ServiceRequest)sent.Resource;
        Narratives(submission, judgement);
        JudgeOrder.Judge(request, sent, judgement);
        JudgeNumbers.Judge(request, sent, submission, judgement);
        var resident = Resident(request, sent, submission, judgement);
        var referrer = JudgeReferrer.Judge(request, sent, submission, judgement);
        var criteria = JudgeReason.Criteria(request, sent, judgement);
        JudgeReason.Complaints(request, sent, submission, judgement);
        var priority = JudgeReason.Priority(request, sent, judgement);
        var reason = Reason(request, submission);
        var zorgDomein = JudgeNumbers.OfChannel(request, submission, channels);
        var documents = CameAlong.Judge(submission, judgement);
        var (content, hash) = SelfContained.Of(sent, submission, judgement);
        if (judgement.Refuses || resident is null)
        {
            return new JudgedReferral(null, judgement.Findings());
        }

        var (system, value) = JudgeNumbers.Key(request, submission, hash);
        return new JudgedReferral(
            new ReferralRequest(system, value, priority, zorgDomein, criteria, reason, referrer, resident, content, hash) { Documents = documents },
            judgement.Findings());
    }

    private static Sent? OnlyRequest(Submission submission, Resource body, Judgement judgement)
    {
        var requests = submission.Top.Where(s => s.Resource is ServiceRequest).ToList();
        if (requests.Count == 0)
        {
            judgement.Add(Rules.RequestMissing, body is Bundle ? "Bundle.entry" : body.TypeName);
        }
        else if (requests.Count > 1)
        {
            judgement.Add(Rules.RequestMoreThanOne, requests[1]);
        }

        return requests is [var only] ? only : null;
    }

    private static Resident? Resident(ServiceRequest request, Sent at, Submission submission, Judgement judgement)
    {
        var found = submission.Find(request.Subject, at, out var isAmbiguous);
        if (isAmbiguous)
        {
            judgement.Add(Rules.ReferenceAmbiguous, at, "subject");
            return null;
        }

        if (found is { Resource: Patient })
        {
            return JudgeResident.Judge(found, request.Subject!.Reference, judgement);
        }

        judgement.Add(
            found is not null ? Rules.ResidentNotAPatient
            : Submission.Condition(request.Subject) is not null ? Rules.ResidentUnknown : Rules.ResidentMissing, at, "subject");
        return null;
    }

    // Marked-up text from outside is never kept, so it can never be shown: planners read note, reasonCode and the letter.
    private static void Narratives(Submission submission, Judgement judgement)
    {
        foreach (var sent in submission.Top.Where(s => s.Resource is DomainResource { Text.Div.Length: > 0 }))
        {
            judgement.Add(Rules.NarrativeStripped, sent, "text");
        }
    }

    private static string? Reason(ServiceRequest request, Submission submission)
    {
        var told = request.ReasonCode.Select(r => r.Text).Concat(request.Note.Select(n => n.Text))
            .Concat(submission.All<Condition>().Select(s => (Condition)s.Resource).SelectMany(c => c.Note.Select(n => n.Text).Append(Complaint(c))))
            .Where(t => !string.IsNullOrWhiteSpace(t)).Distinct();
        var text = string.Join("\n", told);
        return text.Length > 0 ? text.Readable() : null;
    }

    private static string? Complaint(Condition condition) =>
        (condition.Code?.Text ?? condition.Code?.Coding.FirstOrDefault()?.Display) is { Length: > 0 } text ? $"Klacht: {text}" : null;
}

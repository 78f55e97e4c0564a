using Hl7.Fhir.Model;
using VGIntegration.ReferralIntake.Judging;
using static Hl7.Fhir.Model.Bundle;

namespace VGIntegration.ReferralIntake.Reading;

/// <summary>Whether a Bundle has the form of its kind: transaction, message or document.</summary>
internal static class BundleForm
{
    private const int Most = 200; // links are looked up from each to each

    internal static bool IsReadable(Resource body, Judgement judgement)
    {
        if (body is not Bundle bundle)
        {
            return IsFew((body as DomainResource)?.Contained.Count ?? 0, "ServiceRequest.contained", judgement);
        }

        if (bundle.Type is BundleType.Transaction or BundleType.Message or BundleType.Document)
        {
            var inside = bundle.Entry.Sum(e => (e?.Resource as DomainResource)?.Contained.Count ?? 0);
            return IsFew(bundle.Entry.Count + inside, "Bundle.entry", judgement);
        }

        judgement.Add(bundle.Type is null ? Rules.BundleTypeMissing : Rules.BundleTypeUnsupported, "Bundle.type");
        return false;
    }

    private static bool IsFew(int count, string expression, Judgement judgement)
    {
        if (count <= Most)
        {
            return true;
        }

        judgement.Add(Rules.EntryTooMany, expression);
        return false;
    }

    // All or nothing: what this service would not store may not be answered as if it were stored.
    internal static void Judge(Submission submission, Judgement judgement)
    {
        if (submission.Bundle is not { } bundle)
        {
            return;
        }

        var urls = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < bundle.Entry.Count; i++)
        {
            var entry = bundle.Entry[i];
            if (entry?.Resource is null)
            {
                judgement.Add(Rules.EntryEmpty, $"Bundle.entry[{i}].resource");
                continue;
            }

            if (entry.FullUrl is { Length: > 0 } url && !urls.Add(url))
            {
                judgement.Add(Rules.FullUrlDuplicate, $"Bundle.entry[{i}].fullUrl");
            }

            if (bundle.Type is BundleType.Transaction)
            {
                JudgeRequest(entry, i, judgement);
            }
        }

        JudgeFirst(bundle, judgement);
    }

    private static void JudgeRequest(EntryComponent entry, int i, Judgement judgement)
    {
        if (entry.Request?.Method is null)
        {
            judgement.Add(Rules.EntryRequestMissing, $"Bundle.entry[{i}].request");
        }
        else if (entry.Request.Method is not HTTPVerb.POST && (entry.Request.Method is not HTTPVerb.PUT || entry.Resource is ServiceRequest))
        {
            judgement.Add(Rules.EntryMethod, $"Bundle.entry[{i}].request.method");
        }
    }

    private static void JudgeFirst(Bundle bundle, Judgement judgement)
    {
        var first = bundle.Entry is [var entry, ..] ? entry?.Resource : null;
        if (bundle.Type is BundleType.Message && first is not MessageHeader)
        {
            judgement.Add(Rules.MessageHeaderFirst, "Bundle.entry[0]");
        }
        else if (first is MessageHeader { Response: not null } && bundle.Type is BundleType.Message)
        {
            judgement.Add(Rules.MessageIsAnswer, "Bundle.entry[0].resource.response");
        }
        else if (bundle.Type is BundleType.Document && first is not Composition)
        {
            judgement.Add(Rules.CompositionFirst, "Bundle.entry[0]");
        }
    }
}

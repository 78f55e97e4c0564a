using Hl7.Fhir.Model;
using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Reading;
using VGIntegration.ReferralIntake.Receiving;

namespace VGIntegration.ReferralIntake.Judging;

/// <summary>The numbers a referral is known by, at the practice and at the channel it came through.</summary>
internal static class JudgeNumbers
{
    private const int Longest = 200;

    internal static void Judge(ServiceRequest request, Sent at, Submission submission, Judgement judgement)
    {
        if (!Own(request).Concat(Document(submission)).Any())
        {
            judgement.Add(Rules.IdentifierMissing, at, "identifier");
        }

        for (var i = 0; i < request.Identifier.Count; i++)
        {
            var identifier = request.Identifier[i];
            if (identifier.System?.Length > Longest || identifier.Value?.Length > Longest)
            {
                judgement.Add(Rules.IdentifierTooLong, at, $"identifier[{i}]");
            }
            else if (identifier.System == IdentifierSystems.ZorgDomein && !DutchNumbers.IsZorgDomeinNumber(identifier.Value))
            {
                judgement.Add(Rules.ZorgDomeinNumberInvalid, at, $"identifier[{i}]");
            }
        }
    }

    /// <summary>The number that the channel gave, by which its documents find each other.</summary>
    internal static string? OfChannel(ServiceRequest request, Submission submission, Channels channels) => Own(request).Concat(Document(submission))
        .Where(i => channels.ByNumber(i.System) is not null).Select(i => i.Value).FirstOrDefault(v => v is { Length: > 0 and <= 50 });

    /// <summary>Without a number the content itself is the key: the same request twice is still one referral.</summary>
    internal static (string System, string Value) Key(ServiceRequest request, Submission submission, string hash)
    {
        var own = Own(request).Concat(Document(submission)).FirstOrDefault(i => i is { System.Length: <= Longest, Value.Length: <= Longest });
        return own is null ? (Referral.ContentAsNumber, hash) : (own.System!.Readable(), own.Value!.Readable());
    }

    private static IEnumerable<Identifier> Own(ServiceRequest request) => request.Identifier.Append(request.Requisition).OfType<Identifier>()
        .Where(i => i is { System.Length: > 0, Value.Length: > 0 });

    private static IEnumerable<Identifier> Document(Submission submission) => submission.Bundle?.Type is Bundle.BundleType.Document
        && submission.Top[0].Resource is Composition { Identifier: { System.Length: > 0, Value.Length: > 0 } number } ? [number] : [];
}

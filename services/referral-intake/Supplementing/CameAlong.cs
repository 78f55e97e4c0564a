using Hl7.Fhir.Model;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Judging;
using VGIntegration.ReferralIntake.Reading;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>
/// Documents that come in one message with the referral: judged as supplements are, and stored with it or not at all. What
/// is only pointed at is no reason to refuse a referral: it is told, and the practice sends it afterwards.
/// </summary>
internal static class CameAlong
{
    internal static IReadOnlyList<SupplementRequest> Judge(Submission submission, Judgement judgement)
    {
        List<SupplementRequest> taken = [];
        foreach (var sent in submission.All<DocumentReference>())
        {
            var (document, path) = ((DocumentReference)sent.Resource, sent.Path);
            if (document.Status is not DocumentReferenceStatus.Current || !document.Content.TrueForAll(c => IsHere(c?.Attachment)))
            {
                judgement.Add(Finding.Warning(IssueType.NotFound, path,
                    "Dit document zit niet (geheel) in het bericht, of is niet 'current'. De verwijzing gaat door zonder; stuur het document als aanvulling."));
                continue;
            }

            var (asked, findings) = SupplementReader.Read(document, path, url => Binary(url, sent));
            findings.ToList().ForEach(judgement.Add);
            if (asked is null)
            {
                continue;
            }

            if (taken.Sum(t => t.Files.Count) + asked.Files.Count > Attachments.Most)
            {
                judgement.Add(Finding.Error(IssueType.TooLong, path, $"Een verwijzing heeft ten hoogste {Attachments.Most} bijlagen. Voeg bijlagen samen."));
            }

            taken.Add(asked with { SourceSystem = null, SourceValue = null }); // one letter may come with two referrals
            LetGo(document, asked.Files);

            bool IsHere(Attachment? attachment) => attachment is { Data: not null } || (attachment?.Url is { Length: > 0 } url && Binary(url, sent) is not null);
        }

        return [.. taken.DistinctBy(t => t.ContentHash)];

        (string?, byte[])? Binary(string url, Sent from) => Inside(url, from, submission);
    }

    /// <summary>A file that came in the same message.</summary>
    internal static (string? ContentType, byte[] Content)? Inside(string url, Sent from, Submission submission) =>
        submission.Find(new ResourceReference(url), from, out _)?.Resource is Binary { Data: { } data } binary ? (binary.ContentType, data) : null;

    // The bytes are in a table of their own; the referral keeps what they are, and a hash of them.
    private static void LetGo(DocumentReference document, IReadOnlyList<JudgedFile> files)
    {
        foreach (var (content, file) in document.Content.Zip(files))
        {
            var told = content.Attachment!;
            (told.Data, told.Url, told.ContentType) = (null, null, file.Kind.ContentType);
            (told.Title, told.SizeUnsignedInt, told.Hash) = (file.Name, file.Content.Length, file.Sha1);
        }
    }
}

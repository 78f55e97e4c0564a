using System.Security.Cryptography;
using System.Text;
using Hl7.Fhir.Model;
using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Http;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>Reads a DocumentReference that a practice sends: its files judged, the rest kept as it is.</summary>
internal static class SupplementReader
{
    /// <summary>
    /// Null with findings that refuse, or what to store with findings that warn. Its links are found by who asks: in the
    /// same message, or among the practice's own Binaries.
    /// </summary>
    internal static (SupplementRequest? Request, IReadOnlyList<Finding> Findings) Read(
        DocumentReference document, string path, Func<string, (string? ContentType, byte[] Content)?> find)
    {
        var (files, judged) = Attachments.Judge(document, path, find);
        List<Finding> findings = [.. judged];
        if (document.Status is not DocumentReferenceStatus.Current)
        {
            findings.Add(Finding.Error(document.Status is null ? IssueType.Required : IssueType.Value, $"{path}.status",
                "Een aanvulling heeft status 'current'. Zet status op 'current' en stuur haar opnieuw."));
        }

        if (findings.Any(f => f.Refuses))
        {
            return (null, findings);
        }

        var content = WithoutFiles(document, files);
        var key = new[] { document.MasterIdentifier }.Concat(document.Identifier)
            .FirstOrDefault(i => i is { System: { Length: > 0 and <= 200 }, Value: { Length: > 0 and <= 200 } });
        return (new SupplementRequest(key?.System, key?.Value, content, Hash(content, files), files), findings);
    }

    // The files have a table of their own; what was said about them is said again, as it is, when they are read.
    private static string WithoutFiles(DocumentReference document, IReadOnlyList<JudgedFile> files)
    {
        var kept = (DocumentReference)document.DeepCopy();
        (kept.Id, kept.Meta, kept.Text) = (null, null, null);
        kept.Contained.RemoveAll(c => c is Binary);
        foreach (var (content, file) in kept.Content.Zip(files))
        {
            var told = content.Attachment!;
            (told.Data, told.Url, told.ContentType) = (null, null, file.Kind.ContentType);
            (told.Title, told.SizeUnsignedInt, told.Hash) = (file.Name, file.Content.Length, file.Sha1);
        }

        return Encoding.UTF8.GetString(FhirJson.Write(kept));
    }

    private static string Hash(string content, IReadOnlyList<JudgedFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(content));
        foreach (var file in files)
        {
            hash.AppendData(SHA256.HashData(file.Content));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

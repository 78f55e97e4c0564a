using System.Security.Cryptography;
using Hl7.Fhir.Model;
using VGIntegration.ReferralIntake.Http;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>A file that may be stored: what it is, what it is called, and its bytes.</summary>
internal sealed record JudgedFile(FileKind Kind, string Name, byte[] Content)
{
    /// <summary>FHIR R4: Attachment.hash is the SHA-1 of the raw bytes.</summary>
    internal byte[] Sha1 { get; } = Attachments.Hash(Content);
}

/// <summary>
/// Judges files from outside, in a supplement and in a referral alike: PDF, JPEG, PNG and text, at most 10 MB, that show
/// something and do nothing. Every reason at once, each with what to do.
/// </summary>
internal static class Attachments
{
    internal const int Most = 5;
    internal const int MostBytes = 10 * 1024 * 1024;

#pragma warning disable CA5350 // FHIR R4: Attachment.hash is the SHA-1 of the raw bytes; it guards against damage, not against people
    internal static byte[] Hash(byte[] content) => SHA1.HashData(content);
#pragma warning restore CA5350

    /// <summary>The files of a DocumentReference. What its links mean is found by who asks; null when it is not there.</summary>
    internal static (IReadOnlyList<JudgedFile> Files, IReadOnlyList<Finding> Findings) Judge(
        DocumentReference document, string path, Func<string, (string? ContentType, byte[] Content)?> find)
    {
        var (files, findings) = (new List<JudgedFile>(), new List<Finding>());
        if (document.Content.Count is 0 or > Most)
        {
            findings.Add(Finding.Error(document.Content.Count == 0 ? IssueType.Required : IssueType.TooLong, $"{path}.content",
                $"Een document heeft 1 tot {Most} bijlagen. Zet ze in content.attachment."));
        }

        foreach (var (attachment, i) in document.Content.Take(Most).Select((c, i) => (c.Attachment, i)))
        {
            var element = $"{path}.content[{i}].attachment";
            if (attachment is null)
            {
                findings.Add(Finding.Error(IssueType.Required, element, "Hier ontbreekt de bijlage."));
            }
            else if (Content(attachment, element, find, findings) is var (contentType, content))
            {
                CheckAsTold(attachment, content, element, findings);
                if (Judge(contentType, attachment.Title, content, i + 1, element, findings) is { } file)
                {
                    files.Add(file);
                }
            }
        }

        return (files, findings);
    }

    /// <summary>One file by itself.</summary>
    internal static JudgedFile? Judge(
        string? contentType, string? title, byte[] content, int number, string element, List<Finding> findings)
    {
        if (content.Length == 0)
        {
            findings.Add(Finding.Error(IssueType.Required, element, "Deze bijlage is leeg. Voeg het bestand opnieuw toe."));
            return null;
        }

        if (content.Length > MostBytes)
        {
            findings.Add(Finding.Error(IssueType.TooLong, element, "Deze bijlage is groter dan 10 MB. Maak haar kleiner of splits haar."));
            return null;
        }

        if (FileKind.Told(contentType) is not { } kind)
        {
            findings.Add(Finding.Error(contentType is null ? IssueType.Required : IssueType.NotSupported, $"{element}.contentType",
                "Stuur een bijlage als PDF, JPEG, PNG of platte tekst, en zet dat in contentType (bijvoorbeeld application/pdf)."));
            return null;
        }

        if (FileKind.Seen(content) is var seen && seen != kind && (seen is not null || kind != FileKind.Text))
        {
            findings.Add(Finding.Error(IssueType.Value, $"{element}.contentType", seen is null
                ? $"Deze bijlage is geen {kind.Name}, al staat dat er wel. Sla het bestand opnieuw op als {kind.Name} en stuur het weer."
                : $"Deze bijlage is een {seen.Name}, maar er staat {kind.Name}. Zet contentType op {seen.ContentType}."));
            return null;
        }

        if (Told(kind.Judge(content), kind) is var (code, text))
        {
            findings.Add(Finding.Error(code, element, text));
            return null;
        }

        return new JudgedFile(kind, FileName.Of(title, kind, number), content);
    }

    private static (string? ContentType, byte[] Content)? Content(
        Attachment attachment, string element, Func<string, (string?, byte[])?> find, List<Finding> findings)
    {
        if (attachment.Data is { } data)
        {
            return (attachment.ContentType, data);
        }

        if (attachment.Url is not { Length: > 0 } url)
        {
            findings.Add(Finding.Error(IssueType.Required, $"{element}.data",
                "Deze bijlage heeft geen inhoud. Zet de inhoud in data, of stuur haar als Binary en zet Binary/{id} in url."));
            return null;
        }

        if (find(url) is not var (contentType, content))
        {
            findings.Add(Finding.Error(IssueType.NotFound, $"{element}.url",
                "Deze Binary is hier niet. Stuur eerst de Binary, of zet de inhoud in data. Deze dienst haalt zelf nergens bestanden op."));
            return null;
        }

        return (attachment.ContentType ?? contentType, content);
    }

    private static void CheckAsTold(Attachment attachment, byte[] content, string element, List<Finding> findings)
    {
        if (attachment.SizeUnsignedInt is { } size && size != content.Length)
        {
            findings.Add(Finding.Error(IssueType.Value, $"{element}.size", "De grootte klopt niet met de inhoud. Er is iets weggevallen; stuur de bijlage opnieuw."));
        }

        if (attachment.Hash is { } hash && !hash.AsSpan().SequenceEqual(Hash(content)))
        {
            findings.Add(Finding.Error(IssueType.Value, $"{element}.hash",
                "De hash klopt niet met de inhoud. FHIR R4 vraagt de SHA-1 van de bytes, als base64. Stuur de bijlage opnieuw of laat hash weg."));
        }
    }

    private static (IssueType Code, string Text)? Told(FileFault fault, FileKind kind) => fault switch
    {
        FileFault.None => null,
        FileFault.Encrypted => (IssueType.Security, "Deze PDF is versleuteld of heeft een wachtwoord. Haal de beveiliging eraf, of druk haar af naar een nieuwe PDF."),
        FileFault.Active => (IssueType.Security,
            "Deze PDF doet iets als iemand haar opent: er zit een script, formulier, programma of ander bestand in. Druk haar af naar een nieuwe PDF en stuur die."),
        FileFault.Polyglot => (IssueType.Security, $"In deze bijlage zit nog een ander bestand verstopt. Sla haar opnieuw op als {kind.Name}, of druk haar af naar PDF."),
        FileFault.Exhausting => (IssueType.TooCostly, "Deze PDF is te ingewikkeld ingepakt. Druk haar af naar een nieuwe PDF en stuur die."),
        _ when kind == FileKind.Text => (IssueType.Value, "Deze tekst is niet te lezen. Sla haar op als UTF-8, of stuur een PDF."),
        _ => (IssueType.Value, $"Deze {kind.Name} is beschadigd of niet af. Maak haar opnieuw en stuur haar weer."),
    };
}

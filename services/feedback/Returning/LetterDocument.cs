using System.Security.Cryptography;
using Hl7.Fhir.Model;
using VGIntegration.Fhir;

namespace VGIntegration.Feedback.Returning;

/// <summary>What all letters to a huisarts have in common as a FHIR R4 DocumentReference: whom about, which referral, the PDF.</summary>
internal static class LetterDocument
{
    /// <summary>Our own numbers of letters.</summary>
    internal const string LetterSystem = $"{CodeSystems.Base}/NamingSystem/advies";

    public static DocumentReference Of(
        Guid id, Guid referralId, Recipient recipient, (string Title, string Category, DateTimeOffset At) kind, byte[] pdf) => new()
        {
            Id = id.ToString(),
            MasterIdentifier = new Identifier("urn:ietf:rfc:3986", $"urn:uuid:{id}"),
            Identifier = [new Identifier(LetterSystem, id.ToString())],
            Status = DocumentReferenceStatus.Current,
            DocStatus = CompositionStatus.Final,
            Type = new CodeableConcept(CodeSystems.Loinc, "56444-3", kind.Title),
            Category = [new CodeableConcept(CodeSystems.DocumentCategory, kind.Category, kind.Title, null)],
            Subject = Subject(recipient),
            DateElement = new Instant(kind.At),
            Description = kind.Title,
            SecurityLabel = [new CodeableConcept(CodeSystems.Confidentiality, "R", "restricted", null)],
            Content = [new DocumentReference.ContentComponent { Attachment = Attachment(pdf, kind.Title, kind.At) }],
            Context = new DocumentReference.ContextComponent { Related = [Referral(referralId, recipient)] },
        };

    private static Attachment Attachment(byte[] pdf, string title, DateTimeOffset at) => new()
    {
        ContentType = "application/pdf",
        Language = "nl-NL",
        Data = pdf,
        SizeUnsignedInt = pdf.Length, // R4 has a number here where R5 has a string
#pragma warning disable CA5350 // FHIR R4: Attachment.hash is the SHA-1 of the raw bytes; it guards against damage, not against people
        Hash = SHA1.HashData(pdf),
#pragma warning restore CA5350
        Title = title,
        CreationElement = new FhirDateTime(at),
    };

    internal static ResourceReference Subject(Recipient recipient)
    {
        var resident = recipient.Resident;
        return new ResourceReference
        {
            Type = "Patient",
            Reference = resident.PatientReference,
            Identifier = resident.Bsn is { Length: > 0 } bsn && recipient.Practice.IsCareProvider
                ? new Identifier(IdentifierSystems.Bsn, bsn)
                : null,
            Display = resident.Name,
        };
    }

    internal static ResourceReference Referral(Guid referralId, Recipient recipient) => new()
    {
        Type = "ServiceRequest",
        Identifier = recipient.IdentifierValue is { Length: > 0 } own
            ? new Identifier(recipient.IdentifierSystem, own)
            : new Identifier($"{CodeSystems.Base}/NamingSystem/verwijzing", referralId.ToString()),
    };
}

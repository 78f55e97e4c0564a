using System.Security.Cryptography;
using Hl7.Fhir.Model;
using VGIntegration.Feedback.Advising;
using VGIntegration.Fhir;

namespace VGIntegration.Feedback.Returning;

/// <summary>The advice as the FHIR R4 DocumentReference of interface section 5, with the PDF inside.</summary>
internal static class AdviceDocument
{
    /// <summary>Our own numbers of letters and conversations.</summary>
    internal const string LetterSystem = $"{CodeSystems.Base}/NamingSystem/advies";
    private const string ConversationSystem = $"{CodeSystems.Base}/NamingSystem/verkennend-gesprek";
    private const string ProfessionalSystem = $"{CodeSystems.Base}/NamingSystem/verkenner";
    private const string LetterTitle = "Advies verkennend gesprek";

    public static DocumentReference Of(
        Guid id, Advice advice, Recipient recipient, HeldConversation conversation, byte[] pdf)
    {
        var signedAt = advice.FinalAt ?? throw new RuleBrokenException("Only an advice that both have signed goes to the huisarts.");
        var people = advice.Authors.Select((a, i) => Professional(i + 1, a, conversation)).ToList();
        return new DocumentReference
        {
            Id = id.ToString(),
            Contained = [.. people.SelectMany(p => p.Contained)],
            MasterIdentifier = new Identifier("urn:ietf:rfc:3986", $"urn:uuid:{id}"),
            Identifier = [new Identifier(LetterSystem, id.ToString())],
            Status = DocumentReferenceStatus.Current,
            DocStatus = CompositionStatus.Final,
            Type = new CodeableConcept(CodeSystems.Loinc, "56444-3", LetterTitle),
            Category = [new CodeableConcept(CodeSystems.DocumentCategory, "advies-verkennend-gesprek", LetterTitle, null)],
            Subject = Subject(recipient),
            DateElement = new Instant(signedAt),
            Author = [.. people.SelectMany(p => p.Authors)],
            Custodian = people[0].Authors[1],
            Description = LetterTitle,
            SecurityLabel = [new CodeableConcept(CodeSystems.Confidentiality, "R", "restricted", null)],
            Content = [new DocumentReference.ContentComponent { Attachment = Attachment(pdf, signedAt) }],
            Context = Context(advice, recipient),
        };
    }

    private static Attachment Attachment(byte[] pdf, DateTimeOffset signedAt) => new()
    {
        ContentType = "application/pdf",
        Language = "nl-NL",
        Data = pdf,
        SizeUnsignedInt = pdf.Length, // R4 has a number here where R5 has a string
#pragma warning disable CA5350 // FHIR R4: Attachment.hash is the SHA-1 of the raw bytes; it guards against damage, not against people
        Hash = SHA1.HashData(pdf),
#pragma warning restore CA5350
        Title = LetterTitle,
        CreationElement = new FhirDateTime(signedAt),
    };

    private static ResourceReference Subject(Recipient recipient)
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

    private static DocumentReference.ContextComponent Context(Advice advice, Recipient recipient) => new()
    {
        Encounter =
        [
            new ResourceReference
            {
                Type = "Encounter",
                Identifier = new Identifier(ConversationSystem, advice.ConversationId.ToString()),
                Display = "Verkennend gesprek",
            },
        ],
        Period = new Period(new FhirDateTime(advice.StartsAt), new FhirDateTime(advice.EndsAt)),
        Related =
        [
            new ResourceReference
            {
                Type = "ServiceRequest",
                Identifier = recipient.IdentifierValue is { Length: > 0 } own
                    ? new Identifier(recipient.IdentifierSystem, own)
                    : new Identifier($"{CodeSystems.Base}/NamingSystem/verwijzing", advice.ReferralId.ToString()),
            },
        ],
    };

    // FHIR R4: an author is a PractitionerRole or an Organization; contained, for the GP system knows neither.
    private static (List<Resource> Contained, List<ResourceReference> Authors) Professional(
        int number, Author author, HeldConversation conversation)
    {
        var colleague = conversation.Professional(author.ProfessionalId);
        var (name, organisationName) = (colleague?.Name ?? "Onbekend", colleague?.Organisation ?? "Onbekend");
        var (person, organisation, role) = ($"professional-{number}", $"organisation-{number}", $"role-{number}");
        List<ContactPoint> telecom = colleague?.Telephone is { Length: > 0 } telephone
            ? [new ContactPoint(ContactPoint.ContactPointSystem.Phone, ContactPoint.ContactPointUse.Work, telephone)]
            : [];
        return (
            [
                new Practitioner
                {
                    Id = person,
                    Identifier = [new Identifier(ProfessionalSystem, author.ProfessionalId.ToString())],
                    Name = [new HumanName { Text = name }],
                },
                new Organization { Id = organisation, Name = organisationName },
                new PractitionerRole
                {
                    Id = role,
                    Practitioner = new ResourceReference($"#{person}", name),
                    Organization = new ResourceReference($"#{organisation}", organisationName),
                    Code = colleague?.Profession is { Length: > 0 } profession ? [new CodeableConcept { Text = profession }] : [],
                    Telecom = telecom,
                },
            ],
            [new ResourceReference($"#{role}", name), new ResourceReference($"#{organisation}", organisationName)]);
    }
}

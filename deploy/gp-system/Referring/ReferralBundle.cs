using Hl7.Fhir.Model;
using VGIntegration.Fhir;

namespace VGIntegration.GpSystem.Referring;

/// <summary>A referral as a FHIR transaction: the request, and everything it speaks of.</summary>
internal static class ReferralBundle
{
    /// <summary>The numbers that this GP system gives to its own referrals.</summary>
    public const string NumberSystem = "https://gp-system.example/referral";

    private const string OwnPrefix = "http://hl7.org/fhir/StructureDefinition/humanname-own-prefix";
    private const string Practice = "urn:uuid:7f0f6b7e-2c1f-4d1c-9d36-0c8a5d6a0b01";
    private const string Doctor = "urn:uuid:7f0f6b7e-2c1f-4d1c-9d36-0c8a5d6a0b02";
    private const string Role = "urn:uuid:7f0f6b7e-2c1f-4d1c-9d36-0c8a5d6a0b03";
    private const string Resident = "urn:uuid:7f0f6b7e-2c1f-4d1c-9d36-0c8a5d6a0b04";
    private const string Complaint = "urn:uuid:7f0f6b7e-2c1f-4d1c-9d36-0c8a5d6a0b05";
    private const string Request = "urn:uuid:7f0f6b7e-2c1f-4d1c-9d36-0c8a5d6a0b06";

    public static Bundle Of(SampleReferral sample, string number, DateTimeOffset writtenAt) => new()
    {
        Type = Bundle.BundleType.Transaction,
        Entry =
        [
            Entry(Request, RequestOf(sample, number, writtenAt)),
            Entry(Resident, PatientOf(sample)),
            Entry(Role, new PractitionerRole
            {
                Practitioner = new ResourceReference(Doctor),
                Organization = new ResourceReference(Practice),
                Code = [new CodeableConcept("urn:oid:2.16.840.1.113883.2.4.15.111", "01.015", "Huisarts", "Huisarts")],
            }),
            Entry(Doctor, new Practitioner
            {
                Identifier = [new Identifier(IdentifierSystems.Agb, "01000001")],
                Name = [new HumanName { Prefix = ["dr."], Given = ["Hanna"], Family = "Huisman" }],
            }),
            Entry(Practice, new Organization
            {
                Identifier = [new Identifier(IdentifierSystems.Agb, "01007892")],
                Name = "Huisartsenpraktijk De Brug (demo)",
            }),
            Entry(Complaint, new Condition
            {
                Subject = new ResourceReference(Resident),
                Code = new CodeableConcept(CodeSystems.Icpc, sample.Icpc, sample.Complaint, sample.Complaint),
            }),
        ],
    };

    private static ServiceRequest RequestOf(SampleReferral sample, string number, DateTimeOffset writtenAt) => new()
    {
        Identifier = [new Identifier(NumberSystem, number)],
        Status = RequestStatus.Active,
        Intent = RequestIntent.Order,
        Priority = sample.IsUrgent ? RequestPriority.Urgent : RequestPriority.Routine,
        Category = [new CodeableConcept(CodeSystems.RequestedService, CodeSystems.Welzijn, "Welzijn", "Welzijn")],
        Code = new CodeableConcept(CodeSystems.RequestedService, CodeSystems.VerkennendGesprek, "Verkennend gesprek", "Verkennend gesprek"),
        Subject = new ResourceReference(Resident),
        Requester = new ResourceReference(Role),
        AuthoredOnElement = new FhirDateTime(writtenAt),
        ReasonCode = [.. sample.Criteria.Select(code => new CodeableConcept(CodeSystems.Criterion, code))],
        ReasonReference = [new ResourceReference(Complaint)],
        Note = [new Annotation { Text = sample.Reason }],
    };

    private static Patient PatientOf(SampleReferral sample) => new()
    {
        Identifier = sample.Bsn is null ? [] : [new Identifier(IdentifierSystems.Bsn, sample.Bsn)],
        Name = [NameOf(sample)],
        BirthDate = sample.BirthDate,
        Telecom = sample.Telephone is null
            ? []
            : [new ContactPoint(ContactPoint.ContactPointSystem.Phone, ContactPoint.ContactPointUse.Mobile, sample.Telephone)],
        Address = [new Address { Line = [sample.Street], PostalCode = sample.PostalCode, City = sample.City, Country = "NL" }],
        Communication = sample.Language is null
            ? []
            : [new Patient.CommunicationComponent { Language = new CodeableConcept("urn:ietf:bcp:47", sample.Language), Preferred = true }],
    };

    private static HumanName NameOf(SampleReferral sample)
    {
        var name = new HumanName { Use = HumanName.NameUse.Official, Given = [sample.Given], Family = string.Join(' ', new[] { sample.Prefix, sample.Family }.OfType<string>()) };
        if (sample.Prefix is { } prefix)
        {
            name.FamilyElement.SetStringExtension(OwnPrefix, prefix);
        }

        return name;
    }

    private static Bundle.EntryComponent Entry(string link, Resource resource) => new()
    {
        FullUrl = link,
        Resource = resource,
        Request = new Bundle.RequestComponent { Method = Bundle.HTTPVerb.POST, Url = resource.TypeName },
    };
}

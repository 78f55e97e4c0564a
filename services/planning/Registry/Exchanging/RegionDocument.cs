using Hl7.Fhir.Model;
using VGIntegration.Fhir;
using VGIntegration.Planning.Registry.Keeping;

namespace VGIntegration.Planning.Registry.Exchanging;

/// <summary>
/// The registry as a FHIR R4 Bundle: Organization, Practitioner, PractitionerRole, CareTeam (a duo), Location, and Schedule
/// (a fixed moment, its half-day as a Timing). What FHIR has no element for is an extension of our own.
/// </summary>
internal static class RegionDocument
{
    internal const string Base = "https://vgintegration.nl/fhir/StructureDefinition/";
    internal const string HalfDay = Base + "fixed-moment";
    internal const string Side = "https://vgintegration.nl/fhir/CodeSystem/discipline";
    internal const string Language = "urn:ietf:bcp:47";

    internal static byte[] Write(Register register) => FhirJson.Write(Of(register));

    internal static Bundle Of(Register register)
    {
        var bundle = new Bundle { Type = Bundle.BundleType.Collection };
        bundle.Entry.AddRange(
            register.Of<Organisation>().Select(Organization).Cast<Resource>()
                .Concat(register.Of<Professional>().SelectMany(p => new Resource[] { Person(p), Role(p) }))
                .Concat(register.Of<Location>().Select(Place))
                .Concat(register.Of<Duo>().Select(Team))
                .Concat(register.Of<FixedMoment>().Select(m => HalfDays(m, register)))
                .Select(r => new Bundle.EntryComponent { FullUrl = $"urn:uuid:{r.Id}", Resource = r }));
        return bundle;
    }

    internal static string UrlOf(string field) => $"{Base}registry-{field.ToLowerInvariant()}";

    private static Organization Organization(Organisation o) => With(new Organization { Id = $"{o.Id}", Name = o.Name }, o, "Domain", "Until");

    private static Practitioner Person(Professional p) => With(
        new Practitioner
        {
            Id = $"{PersonId(p.Id)}",
            Name = [new HumanName { Text = p.Name }],
            Communication = [.. p.Languages.Split(' ').Select(l => new CodeableConcept(Language, l))],
        },
        p, "Login", "ELearning", "Training", "RegisteredUntil", "SupportStaff", "Research", "Evaluation", "Counting");

    private static PractitionerRole Role(Professional p) => new()
    {
        Id = $"{p.Id}",
        Practitioner = To("Practitioner", PersonId(p.Id)),
        Organization = To("Organization", p.OrganisationId),
        Code = [new CodeableConcept { Text = p.Profession }],
        Specialty = [new CodeableConcept(Side, $"{p.Discipline}")],
        Telecom =
        [
            new ContactPoint(ContactPoint.ContactPointSystem.Phone, ContactPoint.ContactPointUse.Work, p.Telephone),
            .. p.Email is { } email ? new[] { new ContactPoint(ContactPoint.ContactPointSystem.Email, ContactPoint.ContactPointUse.Work, email) } : [],
        ],
        Period = p.Until is { } until ? new Period { End = Day(until) } : null,
    };

    private static Hl7.Fhir.Model.Location Place(Location l) => With(
        new Hl7.Fhir.Model.Location
        {
            Id = $"{l.Id}",
            Name = l.Name,
            Address = new Address { Text = l.Address },
            Position = new Hl7.Fhir.Model.Location.PositionComponent { Latitude = (decimal)l.Latitude, Longitude = (decimal)l.Longitude },
        },
        l, "Kind", "Rooms", "Wheelchair", "Until");

    private static CareTeam Team(Duo d) => With(
        new CareTeam
        {
            Id = $"{d.Id}",
            Participant = [.. new[] { d.MentalHealthProfessionalId, d.SocialDomainProfessionalId }.Select(p => new CareTeam.ParticipantComponent { Member = To("PractitionerRole", p) })],
        },
        d, "MetOn", "Until");

    private static Schedule HalfDays(FixedMoment m, Register register) => new()
    {
        Id = $"{m.Id}",
        Active = true,
        Actor =
        [
            To("Location", m.LocationId),
            .. register.Find("duos", m.DuoId) is Duo d ? new[] { To("PractitionerRole", d.MentalHealthProfessionalId), To("PractitionerRole", d.SocialDomainProfessionalId) } : [],
        ],
        PlanningHorizon = new Period { Start = Day(m.ValidFrom), End = m.ValidUntil is { } until ? Day(until) : null },
        Extension =
        [
            new Extension(HalfDay, new Timing
            {
                Repeat = new Timing.RepeatComponent
                {
                    DayOfWeek = [Enum.Parse<DaysOfWeek>($"{m.Day}"[..3])],
                    TimeOfDay = [FormattableString.Invariant($"{m.From:HH:mm:ss}")],
                    Duration = (decimal)(m.Until - m.From).TotalMinutes,
                    DurationUnit = Timing.UnitsOfTime.Min,
                    Frequency = 1,
                    Period = 1,
                    PeriodUnit = Timing.UnitsOfTime.Wk,
                },
            }),
        ],
    };

    internal static Guid PersonId(Guid professionalId)
    {
        var bytes = professionalId.ToByteArray();
        bytes[15] ^= 0xff; // a PractitionerRole and its Practitioner are two resources
        return new Guid(bytes);
    }

    private static T With<T>(T resource, IRegistryRecord record, params string[] fields)
        where T : DomainResource
    {
        var values = Kinds.Of(record).Read(record);
        resource.Extension.AddRange(fields.Where(f => !string.IsNullOrEmpty(values[f])).Select(f => new Extension(UrlOf(f), new FhirString(values[f]))));
        return resource;
    }

    private static ResourceReference To(string type, Guid id) => new($"{type}/{id}");

    private static string Day(DateOnly day) => FormattableString.Invariant($"{day:yyyy-MM-dd}");
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using VGIntegration.Planning.Registry.Keeping;

namespace VGIntegration.Planning.Registry.Exchanging;

/// <summary>A FHIR R4 Bundle of this system or another as rows for the registry. What is missing in it is told by row.</summary>
internal sealed class RegionReader
{
    private readonly Dictionary<string, DomainResource> _resources;

    private RegionReader(Bundle bundle) => _resources = bundle.Entry
        .Select(e => (e.FullUrl, Resource: e.Resource as DomainResource)).Where(e => e.Resource is not null)
        .SelectMany(e => new[] { e.FullUrl, $"{e.Resource!.TypeName}/{e.Resource.Id}" }.OfType<string>(), (e, key) => (Key: key, Resource: e.Resource!))
        .GroupBy(x => x.Key).ToDictionary(g => g.Key, g => g.First().Resource);

    internal static ImportFile Read(byte[] file)
    {
        try
        {
            using var json = JsonDocument.Parse(file.AsMemory(file is [0xef, 0xbb, 0xbf, ..] ? 3 : 0)); // the deserializer throws on what is no JSON
            if (json.RootElement.ValueKind is not JsonValueKind.Object)
            {
                return ImportFile.Refused("Dit bestand is geen FHIR Bundle.");
            }

            new FhirJsonDeserializer(new DeserializerSettings().UsingMode(DeserializationMode.Ostrich))
                .TryDeserializeResource(json.RootElement.GetRawText(), out var resource, out _);
            var rows = resource is Bundle bundle ? new RegionReader(bundle).Rows().ToList() : [];
            return rows.Count == 0 ? ImportFile.Refused("In dit bestand staat geen FHIR Bundle met organisaties, verkenners, locaties of vaste momenten.")
                : rows.Count > ImportRegistry.MostRows ? ImportFile.Refused($"Dit zijn {rows.Count} rijen. Lees er ten hoogste {ImportRegistry.MostRows} tegelijk in.")
                : new ImportFile(rows);
        }
        catch (JsonException)
        {
            return ImportFile.Refused("Dit bestand is geen JSON. Kies een FHIR Bundle als JSON-bestand.");
        }
    }

    private IEnumerable<ImportRow> Rows()
    {
        foreach (var resource in _resources.Values.Distinct())
        {
            var row = resource switch
            {
                Organization o => Row("organisations", o, new() { ["Name"] = o.Name }),
                PractitionerRole r => Row("professionals", r, Professional(r)),
                Hl7.Fhir.Model.Location l => Row("locations", l, Place(l)),
                CareTeam t => Row("duos", t, Team(t)),
                Schedule s => Row("moments", s, HalfDay(s)),
                _ => null,
            };
            if (row is not null)
            {
                yield return row;
            }
        }
    }

    private static ImportRow Row(string kind, DomainResource resource, Dictionary<string, string?> values) => new(
        Kinds.Of(kind)!, $"{resource.TypeName}/{resource.Id}", IdOf(resource), Extended(Kinds.Of(kind)!, resource, values));

    private Dictionary<string, string?> Professional(PractitionerRole role)
    {
        var person = Find(role.Practitioner) as Practitioner;
        var values = new Dictionary<string, string?>
        {
            ["Name"] = NameOf(person),
            ["Profession"] = TextOf(role.Code),
            ["Organisation"] = IdOf(role.Organization),
            ["Telephone"] = Telecom(role, person, ContactPoint.ContactPointSystem.Phone),
            ["Languages"] = person?.Communication is { Count: > 0 } spoken ? string.Join(' ', spoken.SelectMany(l => l.Coding.Select(c => c.Code))) : "nl",
            ["Until"] = role.Period?.End,
        };
        AddKnown(values, "Email", Telecom(role, person, ContactPoint.ContactPointSystem.Email));
        AddKnown(values, "Discipline", role.Specialty.SelectMany(s => s.Coding).FirstOrDefault(c => c.System == RegionDocument.Side)?.Code);
        return person is null ? values : Extended(Kinds.Of("professionals")!, person, values);
    }

    private static Dictionary<string, string?> Place(Hl7.Fhir.Model.Location place)
    {
        var values = new Dictionary<string, string?>
        {
            ["Name"] = place.Name,
            ["Address"] = place.Address?.Text ?? string.Join(", ", [.. place.Address?.Line ?? [], .. new[] { place.Address?.PostalCode, place.Address?.City }.OfType<string>()]),
            ["Latitude"] = place.Position?.Latitude?.ToString(CultureInfo.InvariantCulture),
            ["Longitude"] = place.Position?.Longitude?.ToString(CultureInfo.InvariantCulture),
        };
        if (place.Extension.Count == 0) // of another system: a building with a room
        {
            (values["Kind"], values["Rooms"]) = (nameof(LocationKind.Building), "1");
        }

        return values;
    }

    private Dictionary<string, string?> Team(CareTeam team)
    {
        var two = team.Participant.Select(p => p.Member).Where(m => m is not null).ToList();
        return new()
        {
            ["MentalHealth"] = IdOf(two.Find(m => SideOf(m) == nameof(Discipline.MentalHealth)) ?? two.ElementAtOrDefault(0)),
            ["SocialDomain"] = IdOf(two.Find(m => SideOf(m) == nameof(Discipline.SocialDomain)) ?? two.ElementAtOrDefault(1)),
        };
    }

    private Dictionary<string, string?> HalfDay(Schedule schedule)
    {
        var repeat = (schedule.GetExtension(RegionDocument.HalfDay)?.Value as Timing)?.Repeat;
        var isTime = TimeOnly.TryParse(repeat?.TimeOfDay.FirstOrDefault(), CultureInfo.InvariantCulture, out var from);
        var minutes = repeat?.Duration is { } duration && duration is > 0 and < 1_440 ? (double)duration : 0;
        var roles = schedule.Actor.Select(IdOf).OfType<string>().ToHashSet();
        var team = _resources.Values.OfType<CareTeam>().FirstOrDefault(t => t.Participant.Count == 2 && t.Participant.All(p => IdOf(p.Member) is { } id && roles.Contains(id)));
        return new()
        {
            ["Duo"] = team is null ? null : $"{IdOf(team)}",
            ["Location"] = schedule.Actor.Where(a => Find(a) is Hl7.Fhir.Model.Location || a.Reference?.StartsWith("Location/", StringComparison.Ordinal) is true).Select(IdOf).FirstOrDefault(),
            ["Day"] = Enum.GetNames<DayOfWeek>().FirstOrDefault(d => d.StartsWith($"{repeat?.DayOfWeek.FirstOrDefault()}", StringComparison.OrdinalIgnoreCase) && repeat is not null),
            ["From"] = isTime ? FormattableString.Invariant($"{from:HH:mm}") : null,
            ["Until"] = isTime && minutes > 0 ? FormattableString.Invariant($"{from.AddMinutes(minutes):HH:mm}") : null,
            ["ValidFrom"] = schedule.PlanningHorizon?.Start,
            ["ValidUntil"] = schedule.PlanningHorizon?.End,
        };
    }

    private DomainResource? Find(ResourceReference? reference) => reference?.Reference is { } key ? _resources.GetValueOrDefault(key) : null;

    private string? IdOf(ResourceReference? reference) =>
        Find(reference) is { } resource ? $"{IdOf(resource)}" : reference?.Reference?.Split('/', ':')[^1];

    // The same resource of another system always becomes the same record.
    private static Guid IdOf(DomainResource resource) => Guid.TryParse(resource.Id, out var id)
        ? id
        : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{resource.TypeName}/{resource.Id}"))[..16]);

    private string? SideOf(ResourceReference? member) =>
        (Find(member) as PractitionerRole)?.Specialty.SelectMany(s => s.Coding).FirstOrDefault(c => c.System == RegionDocument.Side)?.Code;

    private static string? NameOf(Practitioner? person) => person?.Name.FirstOrDefault() is { } name
        ? name.Text ?? string.Join(' ', [.. name.Given, .. new[] { name.Family }.OfType<string>()])
        : null;

    private static string? TextOf(List<CodeableConcept> concepts) =>
        concepts.FirstOrDefault() is { } concept ? concept.Text ?? concept.Coding.FirstOrDefault()?.Display : null;

    private static string? Telecom(PractitionerRole role, Practitioner? person, ContactPoint.ContactPointSystem system) =>
        role.Telecom.Concat(person?.Telecom ?? []).FirstOrDefault(t => t.System == system)?.Value;

    private static Dictionary<string, string?> Extended(RecordKind kind, DomainResource resource, Dictionary<string, string?> values)
    {
        foreach (var field in kind.Fields)
        {
            AddKnown(values, field.Name, (resource.GetExtension(RegionDocument.UrlOf(field.Name))?.Value as FhirString)?.Value);
        }

        return values;
    }

    private static void AddKnown(Dictionary<string, string?> values, string field, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            values[field] = value;
        }
    }
}

using System.Net;
using Hl7.Fhir.Model;
using VGIntegration.Fhir;

namespace VGIntegration.Feedback.Returning;

/// <summary>
/// A letter as ZorgDomein's partners know it: a FHIR R4 document, the Composition first and everything inside. Its identifier
/// and id are those of the letter, the same over all retries.
/// </summary>
internal static class DocumentBundle
{
    private const string BundleSystem = $"{CodeSystems.Base}/NamingSystem/document";

    public static Bundle Of(Parcel parcel)
    {
        var (key, practice) = (KeyOf(parcel), parcel.Practice!);
        var letter = (DocumentReference?)parcel.Letter?.DeepCopy();
        var patient = new Patient
        {
            Id = "patient",
            Identifier = Subject(parcel).Identifier is { } bsn ? [bsn] : [],
            Name = Subject(parcel).Display is { } name ? [new HumanName { Text = name }] : [],
        };
        var organization = new Organization
        {
            Id = "practice",
            Identifier = practice.Agb is { Length: > 0 } agb ? [new Identifier(IdentifierSystems.Agb, agb)] : [],
            Name = practice.Name,
        };
        var inside = new List<Resource> { patient, organization };
        if (letter is not null)
        {
            inside.AddRange(LiftContained(letter));
            letter.Subject = Reference("Patient", "patient", patient.Name.FirstOrDefault()?.Text);
            inside.Add(letter);
        }

        if (parcel.Draft is { } draft)
        {
            var copy = (ServiceRequest)draft.DeepCopy();
            copy.Id ??= copy.Identifier[0].Value;
            copy.Subject = Reference("Patient", "patient", patient.Name.FirstOrDefault()?.Text);
            inside.Add(copy);
        }

        return new Bundle
        {
            Id = key,
            Identifier = IdentifierOf(parcel),
            Type = Bundle.BundleType.Document,
            TimestampElement = new Instant(At(parcel)),
            Entry = [Entry(Composition(parcel, letter)), .. inside.Select(Entry)],
        };
    }

    public static Identifier IdentifierOf(Parcel parcel) => new(BundleSystem, KeyOf(parcel));

    // Another status of the same letter is another document.
    private static string KeyOf(Parcel parcel) => (parcel.Letter, parcel.Draft) switch
    {
        ({ Status: DocumentReferenceStatus.EnteredInError } letter, _) => $"{letter.Identifier[0].Value}.terug",
        ({ } letter, _) => letter.Identifier[0].Value!,
        (_, { Status: RequestStatus.Draft } draft) => draft.Identifier[0].Value!,
        (_, { } draft) => $"{draft.Identifier[0].Value}.{(draft.Status is RequestStatus.EnteredInError ? "terug" : "vervallen")}",
        _ => throw new InvalidOperationException("A document is about a letter or a draft."),
    };

    private static Composition Composition(Parcel parcel, DocumentReference? letter)
    {
        var title = letter?.Description ?? (parcel.Draft!.Status is RequestStatus.Draft ? "Voorstel voor een verwijzing" : "Voorstel voor een verwijzing is vervallen");
        return new Composition
        {
            Id = "composition",
            Identifier = IdentifierOf(parcel),
            Status = letter?.DocStatus ?? CompositionStatus.Final,
            Type = letter?.Type ?? new CodeableConcept(CodeSystems.Loinc, "56444-3", title),
            Category = letter?.Category ?? [],
            Subject = Reference("Patient", "patient", Subject(parcel).Display),
            DateElement = new FhirDateTime(At(parcel)),
            Author = letter is { Author.Count: > 0 } ? [.. letter.Author.Select(a => (ResourceReference)a.DeepCopy())] : [new ResourceReference { Display = "Planning verkennend gesprek" }],
            Title = title,
            Confidentiality = Hl7.Fhir.Model.Composition.V3ConfidentialityClassification.R,
            Custodian = letter?.Custodian,
            RelatesTo = [.. (letter?.RelatesTo ?? []).Select(r => new Composition.RelatesToComponent { Code = r.Code, Target = r.Target!.Identifier! })],
            Section = [.. parcel.Sections.Select(Section), .. letter is null ? [] : new[] { Pdf(letter) }, .. parcel.Draft is null ? [] : new[] { Proposal(parcel.Draft) }],
        };
    }

    private static Composition.SectionComponent Section((string Heading, string Text) part) => new()
    {
        Title = part.Heading,
        Text = new Narrative
        {
            Status = Narrative.NarrativeStatus.Additional,
            Div = $"<div xmlns=\"http://www.w3.org/1999/xhtml\">{string.Concat(part.Text.Split('\n').Where(l => l.Length > 0).Select(l => $"<p>{WebUtility.HtmlEncode(Xml(l))}</p>"))}</div>",
        },
    };

    private static Composition.SectionComponent Pdf(DocumentReference letter) => new()
    {
        Title = "Brief (PDF)",
        Entry = [Reference("DocumentReference", letter.Id!, letter.Description)],
    };

    private static Composition.SectionComponent Proposal(ServiceRequest draft) => new()
    {
        Title = "Voorstel voor een verwijzing",
        Entry = [Reference("ServiceRequest", draft.Id ?? draft.Identifier[0].Value!, draft.Code?.Text)],
    };

    // In a document each resource stands by itself, so that a reader finds the authors without looking inside the letter.
    private static List<Resource> LiftContained(DocumentReference letter)
    {
        var contained = letter.Contained.ToList();
        letter.Contained = [];
        foreach (var reference in letter.Author.Append(letter.Custodian).Concat(contained.OfType<PractitionerRole>().SelectMany(r => new[] { r.Practitioner, r.Organization })).OfType<ResourceReference>())
        {
            if (contained.Find(c => $"#{c.Id}" == reference.Reference) is { } resource)
            {
                reference.Reference = FullUrl(resource);
            }
        }

        return contained;
    }

    private static ResourceReference Subject(Parcel parcel) => (parcel.Letter?.Subject ?? parcel.Draft!.Subject)!;

    private static DateTimeOffset At(Parcel parcel) => parcel.Letter?.Date ?? parcel.Draft!.AuthoredOnElement!.ToDateTimeOffset(TimeSpan.Zero);

    private static ResourceReference Reference(string type, string id, string? display) => new(FullUrlOf(type, id), display);

    private static Bundle.EntryComponent Entry(Resource resource) => new() { FullUrl = FullUrl(resource), Resource = resource };

    private static string FullUrl(Resource resource) => FullUrlOf(resource.TypeName, resource.Id!);

    // FHIR R4 bundle: a full URL need not be reachable; within the document every reference leads to one.
    private static string FullUrlOf(string type, string id) => $"{CodeSystems.Base}/{type}/{id}";

    private static string Xml(string text) => string.Concat(text.Where(System.Xml.XmlConvert.IsXmlChar));
}

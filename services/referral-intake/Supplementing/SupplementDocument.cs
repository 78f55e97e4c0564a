using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using VGIntegration.Fhir;

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>A document as the practice reads it back: what it sent, with our id and links to the files.</summary>
internal static class SupplementDocument
{
    private const string LetterTitle = "Advies verkennend gesprek";

    internal static DocumentReference Of(ReferralDocument stored, IEnumerable<FileFacts> files)
    {
        var document = stored.Content is { } content ? Read(content) : LetterInShort(stored);
        document.Id = stored.PublicId;
        document.Meta ??= new Meta();
        (document.Meta.VersionId, document.Meta.LastUpdated) = ("1", stored.ReceivedAt);
        foreach (var (part, file) in document.Content.Zip(files.OrderBy(f => f.Number)))
        {
            part.Attachment!.Url = $"Binary/{file.Id}";
        }

        document.Context ??= new DocumentReference.ContextComponent();
        document.Context.Related.RemoveAll(r => r.Reference is null || r.Reference.Contains("ServiceRequest/", StringComparison.Ordinal)
            || r.Reference.StartsWith("urn:", StringComparison.Ordinal));
        document.Context.Related.Insert(0, new ResourceReference($"ServiceRequest/{stored.ReferralId}"));
        return document;
    }

    // In a list; who reads it by its id gets the whole, from where it is kept, as long as it counts.
    private static DocumentReference LetterInShort(ReferralDocument stored) => new()
    {
        Meta = new Meta { Tag = [new Coding("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "SUBSETTED")] },
        Status = stored.Kind switch
        {
            DocumentKind.RetractedLetter => DocumentReferenceStatus.EnteredInError,
            DocumentKind.ReplacedLetter => DocumentReferenceStatus.Superseded,
            _ => DocumentReferenceStatus.Current,
        },
        DocStatus = stored.Kind is DocumentKind.RetractedLetter ? CompositionStatus.EnteredInError : CompositionStatus.Final,
        Category = [new CodeableConcept(CodeSystems.DocumentCategory, "advies-verkennend-gesprek", LetterTitle, null)],
        Description = LetterTitle,
        Content =
        [
            new DocumentReference.ContentComponent
            {
                Attachment = new Attachment { ContentType = "application/pdf", Language = "nl-NL", Title = LetterTitle, Url = stored.Kind is DocumentKind.Letter ? $"Binary/{stored.PublicId}" : null },
            },
        ],
    };

    // It was judged when it came in: what was tolerated then is given back as it is.
    private static DocumentReference Read(string content)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(content));
        FhirJsonDeserializer.OSTRICH.TryDeserializeResource(ref reader, out var resource, out _);
        return (DocumentReference)resource!;
    }
}

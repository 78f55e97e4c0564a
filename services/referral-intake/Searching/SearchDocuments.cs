using System.Linq.Expressions;
using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Supplementing;

namespace VGIntegration.ReferralIntake.Searching;

/// <summary>Which documents are there about my referrals: supplements, and the advice once it was returned?</summary>
internal static class SearchDocuments
{
    internal static readonly Searchable<FoundDocument> Type = new(
        ResourceType.DocumentReference,
        [
            new("_id", SearchParamType.Token, "Ons nummer", wanted => Conditions.OneOf<FoundDocument, string>(d => d.Document.PublicId, [.. wanted.Values])),
            Conditions.Identifier<FoundDocument>("identifier", "Uw eigen nummer van de aanvulling", SourceIs),
            Conditions.Reference<FoundDocument>("related", ResourceType.ServiceRequest, "De verwijzing waar het over gaat", d => d.Document.ReferralId),
            Conditions.Code<FoundDocument, DocumentKind>("status", "Status van het document", d => d.Document.Kind, Statuses),
            Conditions.LastUpdated<FoundDocument>(d => d.Document.ReceivedAt),
        ])
    {
        Own = (db, practice) => db.Documents.AsNoTracking().Where(d => d.PracticeId == practice).Select(d => new FoundDocument
        {
            Document = d,
            Files = db.Files.Where(f => f.DocumentId == d.Id)
                .Select(f => new FileFacts(f.Id, f.DocumentId, f.Number, f.ContentType, f.Name, f.Size, f.Sha1, f.ReceivedAt)).ToList(),
        }),
        Id = d => d.Document.Id,
        CreatedAt = d => d.Document.ReceivedAt,
        UpdatedAt = d => d.Document.ReceivedAt,
        Show = d => SupplementDocument.Of(d.Document, d.Files),
    };

    private static Dictionary<string, DocumentKind[]> Statuses => Enum.GetValues<DocumentReferenceStatus>().ToDictionary(
        s => EnumUtility.GetLiteral(s)!, s => s switch
        {
            DocumentReferenceStatus.Superseded => [DocumentKind.ReplacedLetter],
            DocumentReferenceStatus.EnteredInError => new[] { DocumentKind.RetractedLetter },
            _ => [DocumentKind.Supplement, DocumentKind.Letter],
        });

    public static void MapSearchDocuments(this IEndpointRouteBuilder fhir)
    {
        fhir.MapGet("/DocumentReference", Handle).Needs("DocumentReference", 's');
        fhir.MapPost("/DocumentReference/_search", Handle).Needs("DocumentReference", 's');
    }

    private static Task<IResult> Handle(HttpContext http, Search search, CancellationToken ct) => search.Run(Type, http, ct);

    private static Expression<Func<FoundDocument, bool>> SourceIs(string? system, string value) => (system, value) switch
    {
        (null, _) => d => d.Document.SourceValue == value,
        (_, "") => d => d.Document.SourceSystem == system,
        _ => d => d.Document.SourceSystem == system && d.Document.SourceValue == value,
    };
}

/// <summary>A document and what is known of its files, without their bytes.</summary>
internal sealed class FoundDocument
{
    public required ReferralDocument Document { get; init; }
    public required List<FileFacts> Files { get; init; }
}

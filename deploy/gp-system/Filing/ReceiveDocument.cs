using System.Text.RegularExpressions;
using System.Web;
using Hl7.Fhir.Model;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.GpSystem.Filing;

/// <summary>A letter comes in, as a FHIR DocumentReference.</summary>
internal static partial class ReceiveDocument
{
    public static void MapReceiveDocument(this IEndpointRouteBuilder app)
    {
        app.MapPut("/gp-system/fhir/DocumentReference/{id}", Put).AllowAnonymous();
        app.MapPost("/gp-system/fhir/DocumentReference", Post).AllowAnonymous();
        app.MapGet("/gp-system/fhir/DocumentReference", Search).AllowAnonymous();
        app.MapGet("/gp-system/fhir/DocumentReference/{id}", Read).AllowAnonymous();
    }

    [GeneratedRegex(@"^[A-Za-z0-9\-\.]{1,64}$")] // FHIR R4: datatype id
    public static partial Regex Id { get; }

    private static IResult Put(string id, FhirBody<DocumentReference> body, HttpRequest request, Cabinet cabinet, TimeProvider clock)
    {
        if (Refusal(body) is { } refusal)
        {
            return refusal;
        }

        return Id.IsMatch(id) && body.Resource!.Id == id
            ? cabinet.Locked(() => Store(body.Resource, request, cabinet, clock))
            : FhirAnswer.Refused(400, IssueType.Invariant, "DocumentReference.id must be the id in the address.");
    }

    private static IResult Post(FhirBody<DocumentReference> body, HttpRequest request, Cabinet cabinet, TimeProvider clock)
    {
        if (Refusal(body) is { } refusal)
        {
            return refusal;
        }

        return cabinet.Locked(() =>
        {
            var already = request.Headers["If-None-Exist"].ToString() is { Length: > 0 } condition
                ? Matching(cabinet, HttpUtility.ParseQueryString(condition)["identifier"])
                : [];
            body.Resource!.Id = Guid.NewGuid().ToString();
            return already switch
            {
                [] => Store(body.Resource, request, cabinet, clock),
                [var one] => FhirAnswer.Stored(request, one, isNew: false),
                _ => FhirAnswer.Refused(412, IssueType.Duplicate, "More than one DocumentReference has this identifier."),
            };
        });
    }

    private static FhirAnswer Search(string? identifier, HttpRequest request, Cabinet cabinet) =>
        FhirAnswer.Found(request, identifier is null ? cabinet.All<DocumentReference>() : Matching(cabinet, identifier));

    private static FhirAnswer Read(string id, Cabinet cabinet) =>
        Id.IsMatch(id) && cabinet.Find<DocumentReference>(id) is { } document
            ? new FhirAnswer(200, document)
            : FhirAnswer.Refused(404, IssueType.NotFound, "There is no such DocumentReference.");

    private static FhirAnswer Store(DocumentReference document, HttpRequest request, Cabinet cabinet, TimeProvider clock)
    {
        var (kept, isNew) = cabinet.Keep(document, clock.GetUtcNow());
        return FhirAnswer.Stored(request, kept, isNew);
    }

    private static FhirAnswer? Refusal(FhirBody<DocumentReference> body) => body.Refusal ?? Refusal(body.Resource!);

    public static FhirAnswer? Refusal(DocumentReference letter) =>
        (letter.Content.Any(c => c.Attachment is { ContentType: "application/pdf", Data.Length: > 0 })
            ? null
            : FhirAnswer.Refused(422, IssueType.Required, "DocumentReference.content needs an attachment with a PDF."));

    private static List<DocumentReference> Matching(Cabinet cabinet, string? token)
    {
        var (system, value) = token?.Split('|') is [var s, var v] ? (s, v) : (null, token);
        return [.. cabinet.All<DocumentReference>().Where(d => d.Identifier.Append(d.MasterIdentifier)
            .Any(i => i is not null && i.Value == value && (system is null || i.System == system)))];
    }
}

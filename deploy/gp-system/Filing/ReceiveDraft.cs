using System.Web;
using Hl7.Fhir.Model;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.GpSystem.Filing;

/// <summary>A referral that somebody proposes comes in, as a draft FHIR ServiceRequest: alone, or in one piece with its letter.</summary>
internal static class ReceiveDraft
{
    public static void MapReceiveDraft(this IEndpointRouteBuilder app)
    {
        app.MapPut("/gp-system/fhir/ServiceRequest/{id}", Put).AllowAnonymous();
        app.MapPost("/gp-system/fhir/ServiceRequest", Post).AllowAnonymous();
        app.MapPost("/gp-system/fhir", Together).AllowAnonymous();
    }

    private static IResult Put(string id, FhirBody<ServiceRequest> body, HttpRequest request, Cabinet cabinet, TimeProvider clock)
    {
        if (Refusal(body.Resource, body.Refusal) is { } refusal)
        {
            return refusal;
        }

        return ReceiveDocument.Id.IsMatch(id) && body.Resource!.Id == id
            ? cabinet.Locked(() => Store(body.Resource, request, cabinet, clock))
            : FhirAnswer.Refused(400, IssueType.Invariant, "ServiceRequest.id must be the id in the address.");
    }

    private static IResult Post(FhirBody<ServiceRequest> body, HttpRequest request, Cabinet cabinet, TimeProvider clock)
    {
        if (Refusal(body.Resource, body.Refusal) is { } refusal)
        {
            return refusal;
        }

        return cabinet.Locked(() =>
        {
            var wanted = HttpUtility.ParseQueryString(request.Headers["If-None-Exist"].ToString())["identifier"]?.Split('|')[^1];
            if (wanted is not null && cabinet.All<ServiceRequest>().FirstOrDefault(s => s.Identifier.Any(i => i.Value == wanted)) is { } already)
            {
                return FhirAnswer.Stored(request, already, isNew: false);
            }

            body.Resource!.Id = Guid.NewGuid().ToString();
            return Store(body.Resource, request, cabinet, clock);
        });
    }

    // FHIR R4 http: all or nothing. This system takes the transaction that it needs: PUTs of a letter and its draft.
    private static IResult Together(FhirBody<Bundle> body, HttpRequest request, Cabinet cabinet, TimeProvider clock)
    {
        if (body.Resource is not { Type: Bundle.BundleType.Transaction, Entry: { Count: > 0 } entries })
        {
            return body.Refusal ?? FhirAnswer.Refused(400, IssueType.Invariant, "Send a Bundle of type transaction.");
        }

        var refusal = entries.Select(entry => entry switch
        {
            { Request.Method: not Bundle.HTTPVerb.PUT } => FhirAnswer.Refused(422, IssueType.NotSupported, "Only PUT is taken in a transaction."),
            { Resource: DocumentReference letter } => ReceiveDocument.Refusal(letter),
            { Resource: ServiceRequest draft } => Refusal(draft, null),
            _ => FhirAnswer.Refused(422, IssueType.NotSupported, "Only a DocumentReference and a ServiceRequest are taken."),
        }).FirstOrDefault(r => r is not null);
        return refusal ?? cabinet.Locked(() => FhirAnswer.Transaction(
            request, [.. entries.Select(e => Keep(e.Resource!, cabinet, clock))]));
    }

    private static (Resource Kept, bool IsNew) Keep(Resource resource, Cabinet cabinet, TimeProvider clock) => resource is DocumentReference letter
        ? cabinet.Keep(letter, clock.GetUtcNow())
        : cabinet.Keep((ServiceRequest)resource, clock.GetUtcNow());

    private static FhirAnswer Store(ServiceRequest draft, HttpRequest request, Cabinet cabinet, TimeProvider clock)
    {
        var (kept, isNew) = cabinet.Keep(draft, clock.GetUtcNow());
        return FhirAnswer.Stored(request, kept, isNew);
    }

    // A referral that is no proposal would be one that somebody else signed in the name of the huisarts.
    private static FhirAnswer? Refusal(ServiceRequest? draft, FhirAnswer? unread) => unread
        ?? (draft is { Intent: RequestIntent.Proposal, Status: RequestStatus.Draft or RequestStatus.Revoked or RequestStatus.EnteredInError }
            ? null
            : FhirAnswer.Refused(422, IssueType.BusinessRule, "ServiceRequest.intent must be proposal, and its status draft, revoked or entered-in-error."));
}

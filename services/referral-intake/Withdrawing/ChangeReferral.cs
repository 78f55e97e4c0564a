using Hl7.Fhir.Model;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Reading;
using VGIntegration.ReferralIntake.Receiving;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Withdrawing;

/// <summary>PUT and PATCH of a ServiceRequest: other content, withdrawn (revoked), or never meant (entered-in-error).</summary>
internal static class ChangeReferral
{
    public static void MapChangeReferral(this IEndpointRouteBuilder fhir)
    {
        fhir.MapPut("/ServiceRequest/{id}", Put).Needs("ServiceRequest", 'u');
        fhir.MapPatch("/ServiceRequest/{id}", Patch).Needs("ServiceRequest", 'u');
    }

    private static async Task<IResult> Put(string id, FhirBody body, HttpContext http, ReferralChanges changes)
    {
        var (version, refusal) = ExpectedVersion.Of(http.Request);
        if (refusal is not null)
        {
            return refusal;
        }

        if (body.Resource is null)
        {
            return FhirResult.Refused(body.RefusedWith, body.Findings);
        }

        // FHIR R4 section 3.1.0.4: the resource carries the id of the address, or it is refused with 400.
        return body.Resource is ServiceRequest request && request.Id == id
            ? await Apply(http, id, version, changes, stored => Decide(stored, request, body.Findings))
            : FhirResult.Refused(400, Finding.Error(IssueType.Value, body.Resource is ServiceRequest ? "ServiceRequest.id" : body.Resource.TypeName,
                "Stuur de hele ServiceRequest, met in id hetzelfde nummer als in het adres."));
    }

    private static async Task<IResult> Patch(string id, PatchBody patch, HttpContext http, ReferralChanges changes)
    {
        var (version, refusal) = ExpectedVersion.Of(http.Request);
        return refusal ?? patch.Refusal ?? await Apply(http, id, version, changes, stored =>
        {
            var (body, wrong) = patch.On(ServiceRequestDocument.Of(stored.Referral));
            return wrong is not null ? new(FhirResult.Refused(422, wrong))
                : body!.Resource is ServiceRequest request && request.Id == stored.Referral.Id.ToString() ? Decide(stored, request, body.Findings)
                : new(FhirResult.Refused(422, [.. body.Findings, Finding.Error(IssueType.Value, "ServiceRequest.id", "Na de patch is dit geen ServiceRequest meer met hetzelfde id.")]));
        });
    }

    private static Task<IResult> Apply(HttpContext http, string id, int version, ReferralChanges changes, Func<StoredReferral, Decision> decide) =>
        changes.Apply(http, Guid.TryParse(id, out var key) ? key : null, version, decide, stored => Answer(http, stored));

    private static Decision Decide(StoredReferral stored, ServiceRequest request, IReadOnlyList<Finding> findings)
    {
        var standing = ReferralStatus.Of(stored.Referral.Standing);
        return request.Status switch
        {
            null => new(FhirResult.Refused(422, [.. findings, Finding.Error(IssueType.Required, "ServiceRequest.status",
                "Zet status op 'active' (wijzigen), 'revoked' (intrekken) of 'entered-in-error' (foutief ingevoerd).")])),
            RequestStatus.Revoked or RequestStatus.EnteredInError when request.Status == standing => Decision.Nothing, // said before
            RequestStatus.Revoked => Act(stored, ReferralEvent.WithdrawnByReferrer, "revoked"),
            RequestStatus.EnteredInError => Act(stored, ReferralEvent.EnteredInError, "entered-in-error"),
            RequestStatus.Active when standing is RequestStatus.Active => Change(stored, request, findings),
            var other => Illegal(stored, Hl7.Fhir.Utility.EnumUtility.GetLiteral(other)!),
        };
    }

    private static Decision Change(StoredReferral stored, ServiceRequest request, IReadOnlyList<Finding> findings)
    {
        var reading = ServiceRequestReader.Read((Resource)request.DeepCopy(), findings); // it is used up, and may be looked at again
        if (reading.Request is { } same && same.Content == stored.Referral.Content)
        {
            return Decision.Nothing;
        }

        var decision = Act(stored, ReferralEvent.Changed, "andere inhoud");
        if (decision.Refusal is not null)
        {
            return decision;
        }

        if (reading.Request is not { } asked)
        {
            return new(FhirResult.Refused(422, reading.Findings));
        }

        return stored.Referral.IsKnownAs(asked)
            ? decision with { Asked = asked }
            : new(FhirResult.Refused(422, Finding.Error(IssueType.Value, "ServiceRequest.identifier",
                "Het nummer van een verwijzing verandert niet. Laat identifier zoals het was, of stuur een nieuwe verwijzing.")));
    }

    private static Decision Act(StoredReferral stored, ReferralEvent action, string to) =>
        StateTable.Next(stored.Task.State, action, Role.GpSystem) is null ? Illegal(stored, to) : new(Action: action);

    private static Decision Illegal(StoredReferral stored, string to) => new(FhirResult.Refused(422, Finding.Error(
        IssueType.BusinessRule, "ServiceRequest.status", NextActions.Refusal(stored.Task.State, to))));

    private static FhirResult Answer(HttpContext http, StoredReferral stored)
    {
        var prefer = http.Request.Headers["Prefer"].ToString();
        Resource? body = prefer switch
        {
            _ when prefer.Contains("return=minimal", StringComparison.OrdinalIgnoreCase) => null,
            _ when prefer.Contains("return=OperationOutcome", StringComparison.OrdinalIgnoreCase) => Finding.Outcome([Done]),
            _ => ServiceRequestDocument.Of(stored.Referral),
        };
        return new FhirResult(200, body) { VersionId = $"{stored.Referral.Version}", LastModified = stored.Referral.UpdatedAt };
    }

    private static Finding Done => new(IssueSeverity.Information, IssueType.Informational, null, "De wijziging is opgeslagen.");
}

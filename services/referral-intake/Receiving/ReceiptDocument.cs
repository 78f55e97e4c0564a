using Hl7.Fhir.Model;
using VGIntegration.ReferralIntake.Http;

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>The answer to a referral that was taken: what was stored where, and what there is to say about it.</summary>
internal static class ReceiptDocument
{
    internal static FhirResult Answer(
        HttpContext http, Resource sent, StoredReferral stored, int status, IReadOnlyList<Finding> findings)
    {
        var location = $"{http.Request.Scheme}://{http.Request.Host}/fhir/ServiceRequest/{stored.Referral.Id}";
        var body = sent is Bundle { Type: Bundle.BundleType.Transaction } bundle ? TransactionResponse(bundle, stored, status, findings) : Body(http, stored, findings);
        return new FhirResult(status, body)
        {
            Location = location,
            VersionId = $"{stored.Referral.Version}",
            LastModified = stored.Referral.UpdatedAt,
        };
    }

    private static Resource? Body(HttpContext http, StoredReferral stored, IReadOnlyList<Finding> findings)
    {
        var prefer = http.Request.Headers["Prefer"].ToString();
        return prefer switch
        {
            _ when prefer.Contains("return=minimal", StringComparison.OrdinalIgnoreCase) => null,
            _ when prefer.Contains("return=representation", StringComparison.OrdinalIgnoreCase) => ServiceRequestDocument.Of(stored.Referral),
            _ when prefer.Contains("return=OperationOutcome", StringComparison.OrdinalIgnoreCase) || findings.Count > 0 =>
                Finding.Outcome(findings.Count > 0 ? findings : [AllGood]),
            _ => ServiceRequestDocument.Of(stored.Referral),
        };
    }

    // One entry in the answer for each in the request, in the same order (FHIR R4 section 3.1.0.11.3). The other resources
    // live inside the ServiceRequest, as contained resources.
    private static Bundle TransactionResponse(Bundle sent, StoredReferral stored, int status, IReadOnlyList<Finding> findings) => new()
    {
        Type = Bundle.BundleType.TransactionResponse,
        Entry = [.. sent.Entry.Select(entry => new Bundle.EntryComponent
        {
            Response = new Bundle.ResponseComponent
            {
                Status = status == 201 ? "201 Created" : "200 OK",
                Location = $"ServiceRequest/{stored.Referral.Id}" + (entry.Resource is ServiceRequest ? $"/_history/{stored.Referral.Version}" : ""),
                Etag = entry.Resource is ServiceRequest ? $"W/\"{stored.Referral.Version}\"" : null,
                LastModified = stored.Referral.UpdatedAt,
                Outcome = entry.Resource is ServiceRequest && findings.Count > 0 ? Finding.Outcome(findings) : null,
            },
        })],
    };

    private static Finding AllGood => new(
        OperationOutcome.IssueSeverity.Information, OperationOutcome.IssueType.Informational, null, "De verwijzing is aangenomen.");
}

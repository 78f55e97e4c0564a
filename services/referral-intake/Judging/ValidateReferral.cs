using Hl7.Fhir.Model;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Reading;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Judging;

/// <summary>The whole judgement of a referral that is not sent yet (FHIR R4 $validate). Nothing is stored.</summary>
internal static class ValidateReferral
{
    private const string InParameters = "Parameters.parameter[";

    public static void MapValidateReferral(this IEndpointRouteBuilder fhir) =>
        fhir.MapPost("/ServiceRequest/$validate", Handle).Needs("ServiceRequest", 'c');

    private static FhirResult Handle(FhirBody body, Channels channels)
    {
        if (body.Resource is null)
        {
            return FhirResult.Refused(body.RefusedWith, body.Findings);
        }

        var (resource, tolerated) = body.Resource is Parameters parameters ? Inside(parameters, body.Findings) : (body.Resource, body.Findings);
        if (resource is null)
        {
            return FhirResult.Refused(400, Finding.Error(IssueType.Required, "Parameters.parameter", "Zet de verwijzing in een parameter met de naam 'resource'."));
        }

        var findings = ServiceRequestReader.Read(resource, tolerated, channels).Findings;
        return new FhirResult(200, Finding.Outcome(findings.Count > 0 ? findings : [AllGood]));
    }

    // What is told is told about the resource itself, as when it is sent alone.
    private static (Resource?, IReadOnlyList<Finding>) Inside(Parameters parameters, IReadOnlyList<Finding> tolerated)
    {
        var index = parameters.Parameter.FindIndex(p => p.Name == "resource");
        if (index < 0 || parameters.Parameter[index].Resource is not { } resource)
        {
            return (null, tolerated);
        }

        var prefix = $"{InParameters}{index}].resource";
        return (resource, [.. tolerated.Where(f => f.Expression?.StartsWith(prefix, StringComparison.Ordinal) is true)
            .Select(f => f with { Expression = resource.TypeName + f.Expression![prefix.Length..] })]);
    }

    private static Finding AllGood => new(IssueSeverity.Information, IssueType.Informational, null, "Er is niets op aan te merken.");
}

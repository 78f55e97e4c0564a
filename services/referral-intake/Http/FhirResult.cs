using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using VGIntegration.Fhir;

namespace VGIntegration.ReferralIntake.Http;

/// <summary>A FHIR resource as the answer, in the format the caller asked for.</summary>
internal sealed class FhirResult(int status, Resource? resource) : IResult
{
    private static readonly FhirXmlSerializer XmlSerializer = new();

    internal string? Location { get; init; }

    internal string? VersionId { get; init; }

    internal DateTimeOffset? LastModified { get; init; }

    internal static FhirResult Refused(int status, params IEnumerable<Finding> findings) =>
        new(status, Finding.Outcome(findings));

    internal static FhirResult NotFound() => Refused(404, Finding.Error(
        OperationOutcome.IssueType.NotFound, null, "Deze resource is er niet, of is niet van uw praktijk."));

    public async System.Threading.Tasks.Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.StatusCode = status;
        foreach (var header in new[] { "X-Request-Id", "X-Correlation-Id" })
        {
            if (request.Headers.TryGetValue(header, out var id) && id.ToString() is { Length: > 0 and <= 200 })
            {
                response.Headers[header] = id;
            }
        }

        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (VersionId is not null)
        {
            response.Headers.ETag = $"W/\"{VersionId}\"";
        }

        if (LastModified is { } at)
        {
            response.Headers.LastModified = at.ToString("R");
        }

        response.Headers.CacheControl = "no-store";
        if (resource is null)
        {
            return;
        }

        var wanted = request.Query["_format"].ToString() is { Length: > 0 } format ? format : request.Headers.Accept.ToString();
        if (wanted.Contains("xml", StringComparison.OrdinalIgnoreCase) && !wanted.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            response.ContentType = "application/fhir+xml; charset=utf-8";
            await response.WriteAsync(XmlSerializer.SerializeToString(resource), httpContext.RequestAborted);
            return;
        }

        response.ContentType = $"{FhirJson.MediaType}; charset=utf-8";
        await response.Body.WriteAsync(FhirJson.Write(resource), httpContext.RequestAborted);
    }
}

using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using VGIntegration.Fhir;

namespace VGIntegration.Planning.Publishing;

/// <summary>A FHIR resource as the answer, in the format the caller asked for.</summary>
internal sealed class FhirAnswer(int status, Resource resource) : IResult
{
    private static readonly FhirXmlSerializer Xml = new();

    internal string? VersionId { get; init; }

    internal static FhirAnswer Refused(int status, OperationOutcome.IssueType code, string text) => new(status, new OperationOutcome
    {
        Issue = [new() { Severity = OperationOutcome.IssueSeverity.Error, Code = code, Details = new CodeableConcept { Text = text } }],
    });

    internal static FhirAnswer NotFound() => Refused(404, OperationOutcome.IssueType.NotFound, "Deze resource is er niet.");

    public async System.Threading.Tasks.Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        if (request.Headers["X-Request-Id"].ToString() is { Length: > 0 and <= 200 } id)
        {
            response.Headers["X-Request-Id"] = id;
        }

        if (VersionId is not null)
        {
            response.Headers.ETag = $"W/\"{VersionId}\"";
        }

        var wanted = request.Query["_format"].ToString() is { Length: > 0 } format ? format : request.Headers.Accept.ToString();
        if (wanted.Contains("xml", StringComparison.OrdinalIgnoreCase) && !wanted.Contains("json", StringComparison.OrdinalIgnoreCase)
            && !wanted.Contains("html", StringComparison.OrdinalIgnoreCase))
        {
            response.ContentType = "application/fhir+xml; charset=utf-8";
            await response.WriteAsync(Xml.SerializeToString(resource), httpContext.RequestAborted);
            return;
        }

        response.ContentType = $"{FhirJson.MediaType}; charset=utf-8";
        await response.Body.WriteAsync(FhirJson.Write(resource), httpContext.RequestAborted);
    }
}

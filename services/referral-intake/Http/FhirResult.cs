using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using VGIntegration.Fhir;

namespace VGIntegration.ReferralIntake.Http;

/// <summary>A FHIR resource as the answer, in the format the caller asked for.</summary>
internal sealed class FhirResult(int status, Resource? resource) : IResult
{
    private static readonly FhirXmlSerializer XmlSerializer = new();

    internal int Status => status;

    internal Resource? Resource => resource;

    internal string? Location { get; init; }

    internal string? VersionId { get; init; }

    internal DateTimeOffset? LastModified { get; init; }

    /// <summary>The _format of a search whose parameters are in its body.</summary>
    internal string? Format { get; init; }

    internal TimeSpan? RetryAfter { get; init; }

    internal static FhirResult Refused(int status, params IEnumerable<Finding> findings) =>
        new(status, Finding.Outcome(findings));

    internal static FhirResult Later(int status, OperationOutcome.IssueType code, string text) =>
        new(status, Finding.Outcome([Finding.Error(code, null, text)])) { RetryAfter = TimeSpan.FromSeconds(status == 425 ? 1 : 5) };

    /// <summary>The same answer in another wrapping.</summary>
    internal FhirResult As(int otherStatus, Resource wrapping) => new(otherStatus, wrapping)
    {
        Location = Location,
        VersionId = VersionId,
        LastModified = LastModified,
        Format = Format,
        RetryAfter = RetryAfter,
    };

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

        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = $"{wait.TotalSeconds:0}";
        }

        response.Headers.CacheControl = "no-store";
        if (resource is null)
        {
            return;
        }

        var wanted = Format is { Length: > 0 } told ? told : request.Query["_format"].ToString() is { Length: > 0 } format ? format : request.Headers.Accept.ToString();
        if (wanted.Contains("xml", StringComparison.OrdinalIgnoreCase) && !wanted.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            response.ContentType = "application/fhir+xml; charset=utf-8";
            await response.WriteAsync(XmlSerializer.SerializeToString(resource), httpContext.RequestAborted);
            return;
        }

        var json = FhirJson.Write(resource);
        response.ContentType = $"{FhirJson.MediaType}; charset=utf-8";
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json, httpContext.RequestAborted);
    }
}

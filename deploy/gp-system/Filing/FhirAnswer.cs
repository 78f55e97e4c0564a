using Hl7.Fhir.Model;
using VGIntegration.Fhir;

namespace VGIntegration.GpSystem.Filing;

/// <summary>An answer as FHIR R4 section 3.1.0 asks for it.</summary>
internal sealed class FhirAnswer(int status, Resource? resource) : IResult
{
    private string? Location { get; init; }

    public static FhirAnswer Stored(HttpRequest request, Resource stored, bool isNew) => new(isNew ? 201 : 200, stored)
    {
        Location = $"{Base(request)}/{stored.TypeName}/{stored.Id}/_history/{stored.Meta?.VersionId}",
    };

    /// <summary>What became of each entry of a transaction, in its order.</summary>
    public static FhirAnswer Transaction(HttpRequest request, IReadOnlyList<(Resource Kept, bool IsNew)> kept) => new(200, new Bundle
    {
        Type = Bundle.BundleType.TransactionResponse,
        Entry = [.. kept.Select(k => new Bundle.EntryComponent
        {
            Response = new Bundle.ResponseComponent
            {
                Status = k.IsNew ? "201 Created" : "200 OK",
                Location = $"{Base(request)}/{k.Kept.TypeName}/{k.Kept.Id}/_history/{k.Kept.Meta?.VersionId}",
            },
        })],
    });

    public static FhirAnswer Refused(int status, OperationOutcome.IssueType code, string text) => new(status, new OperationOutcome
    {
        Issue = [new OperationOutcome.IssueComponent { Severity = OperationOutcome.IssueSeverity.Error, Code = code, Diagnostics = text }],
    });

    public static FhirAnswer Found(HttpRequest request, IReadOnlyList<Resource> found) => new(200, new Bundle
    {
        Type = Bundle.BundleType.Searchset,
        Total = found.Count,
        Entry = [.. found.Select(r => new Bundle.EntryComponent
        {
            FullUrl = $"{Base(request)}/{r.TypeName}/{r.Id}",
            Resource = r,
            Search = new Bundle.SearchComponent { Mode = Bundle.SearchEntryMode.Match },
        })],
    });

    public async System.Threading.Tasks.Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        (response.StatusCode, response.ContentType) = (status, $"{FhirJson.MediaType}; charset=utf-8");
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (resource?.Meta is { VersionId: { } version } meta)
        {
            response.Headers.ETag = $"W/\"{version}\"";
            response.Headers.LastModified = meta.LastUpdated?.ToString("R");
        }

        var isMinimal = httpContext.Request.Headers["Prefer"].ToString().Contains("return=minimal", StringComparison.OrdinalIgnoreCase);
        if (resource is not null && !(isMinimal && Location is not null))
        {
            await response.Body.WriteAsync(FhirJson.Write(resource), httpContext.RequestAborted);
        }
    }

    private static string Base(HttpRequest request) => $"{request.Scheme}://{request.Host}/gp-system/fhir";
}

using System.Net.Mime;
using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using static Hl7.Fhir.Model.OperationOutcome;
using Task = System.Threading.Tasks.Task;

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>The practice reads its own supplements, and the advice once it was returned, with their files.</summary>
internal static class ReadDocument
{
    public static void MapReadDocument(this IEndpointRouteBuilder fhir)
    {
        fhir.MapGet("/DocumentReference/{id}", Document).Needs("DocumentReference", 'r');
        fhir.MapGet("/Binary/{id}", File).Needs("Binary", 'r').WithSecurityHeadersPolicy(ServiceDefaults.FileHeaders);
    }

    private static async Task<IResult> Document(
        string id, HttpContext http, IntakeDbContext db, Letters letters, TimeProvider clock, CancellationToken ct)
    {
        if (await Find(db, http.PracticeId(), id, ct) is not { } stored)
        {
            return FhirResult.NotFound();
        }

        await Looked(db, http, $"DocumentReference/{stored.Id}", clock, ct);
        if (stored.Kind is not DocumentKind.Letter) // of a letter that no longer counts only that is told
        {
            var files = await FileFacts.Of(db.Files.Where(f => f.DocumentId == stored.Id), ct);
            return Answer(stored, SupplementDocument.Of(stored, files));
        }

        return await letters.Of(stored, ct) is { } letter ? Answer(stored, letter) : NotNow();
    }

    private static async Task<IResult> File(
        string id, HttpContext http, IntakeDbContext db, Letters letters, TimeProvider clock, CancellationToken ct)
    {
        var practice = http.PracticeId();
        if (Guid.TryParse(id, out var key)
            && await db.Files.AsNoTracking().SingleOrDefaultAsync(f => f.Id == key && f.PracticeId == practice, ct) is { } file)
        {
            await Looked(db, http, $"Binary/{key}", clock, ct);
            return Answer(http, id, file.ContentType, file.Name, file.Content, file.ReceivedAt);
        }

        // The advice's PDF goes by the id of its DocumentReference.
        if (await Find(db, practice, id, ct) is not { Kind: DocumentKind.Letter } stored)
        {
            return FhirResult.NotFound();
        }

        await Looked(db, http, $"DocumentReference/{stored.Id}", clock, ct);
        return await letters.Of(stored, ct) is { Content: [{ Attachment: { Data: { } pdf } attachment }, ..] }
            ? Answer(http, id, attachment.ContentType!, FileName.Of(attachment.Title, FileKind.Pdf, 1), pdf, stored.ReceivedAt)
            : NotNow();
    }

    private static FhirResult Answer(ReferralDocument stored, DocumentReference document) =>
        new(200, document) { VersionId = "1", LastModified = stored.ReceivedAt };

    // FHIR R4 section 2.41: as itself, unless FHIR is asked for.
    private static IResult Answer(HttpContext http, string id, string contentType, string name, byte[] content, DateTimeOffset at)
    {
        var accept = http.Request.Query["_format"].ToString() is { Length: > 0 } format ? format : http.Request.Headers.Accept.ToString();
        return accept.Contains("json", StringComparison.OrdinalIgnoreCase) || accept.Contains("xml", StringComparison.OrdinalIgnoreCase)
            ? new FhirResult(200, new Binary { Id = id, Meta = new Meta { VersionId = "1", LastUpdated = at }, ContentType = contentType, Data = content })
            {
                VersionId = "1",
                LastModified = at,
            }
            : new RawFile(contentType, name, content);
    }

    private static Task<ReferralDocument?> Find(IntakeDbContext db, Guid practice, string id, CancellationToken ct) =>
        db.Documents.AsNoTracking().SingleOrDefaultAsync(d => d.PracticeId == practice && d.PublicId == id, ct);

    private static Task Looked(IntakeDbContext db, HttpContext http, string what, TimeProvider clock, CancellationToken ct)
    {
        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), what, "read-own-document", clock.GetUtcNow()));
        return db.SaveChangesAsync(ct);
    }

    private static FhirResult NotNow() => FhirResult.Later(503, IssueType.Transient, "Het advies is nu niet op te halen. Probeer het over een minuut weer.");
}

/// <summary>A file from outside: to be saved, never opened in the place of a page of ours.</summary>
internal sealed class RawFile(string contentType, string name, byte[] content) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var disposition = new ContentDispositionHeaderValue(DispositionTypeNames.Attachment);
        disposition.SetHttpFileName(name);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "no-store";
        response.ContentType = contentType == "text/plain" ? "text/plain; charset=utf-8" : contentType;
        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content, httpContext.RequestAborted);
    }
}

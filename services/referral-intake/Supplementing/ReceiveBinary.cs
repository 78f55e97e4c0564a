using System.Security.Cryptography;
using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>
/// A file by itself, as a FHIR Binary or as raw bytes (FHIR R4 section 2.41). A DocumentReference takes it up within a day;
/// otherwise it is forgotten.
/// </summary>
internal static class ReceiveBinary
{
    public static void MapReceiveBinary(this IEndpointRouteBuilder fhir) => fhir.MapPost("/Binary", Handle).Needs("Binary", 'c');

    private static async Task<IResult> Handle(HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var (contentType, content, refusal) = await Read(http);
        if (refusal is not null)
        {
            return refusal;
        }

        var findings = new List<Finding>();
        if (Attachments.Judge(contentType, null, content, 1, "Binary", findings) is not { } file)
        {
            return FhirResult.Refused(422, findings);
        }

        var (practice, now) = (http.PracticeId(), clock.GetUtcNow());
        var stored = StoredFile.Loose(practice, file, now);
        db.Add(stored);
        db.Audit.Add(AuditEntry.Of("C", http.User.Who(), $"Binary/{stored.Id}", "supplement-referral", now));
        await db.SaveChangesAsync(ct);
        return new FhirResult(201, null)
        {
            Location = $"{http.Request.Scheme}://{http.Request.Host}/fhir/Binary/{stored.Id}",
            VersionId = "1",
            LastModified = now,
        };
    }

    private static async Task<(string? ContentType, byte[] Content, FhirResult? Refusal)> Read(HttpContext http)
    {
        var given = http.Request.ContentType ?? "";
        if (FileKind.Told(given) is not null)
        {
            return await Raw(http.Request) is { } bytes
                ? (given, bytes, null)
                : (null, [], FhirResult.Refused(413, Finding.Error(IssueType.TooLong, "Binary", "Dit bestand is groter dan 10 MB. Maak het kleiner of splits het.")));
        }

        var body = await FhirBody.BindAsync(http);
        return body.Resource switch
        {
            null => (null, [], body.RefusedWith == 415
                ? FhirResult.Refused(415, Finding.Error(IssueType.NotSupported, null, "Stuur een Binary als FHIR, of het bestand zelf als PDF, JPEG, PNG of platte tekst."))
                : FhirResult.Refused(body.RefusedWith, body.Findings)),
            Binary binary => (binary.ContentType, binary.Data ?? [], null),
            var other => (null, [], FhirResult.Refused(422, Finding.Error(IssueType.Value, other.TypeName, "Hier hoort een Binary."))),
        };
    }

    private static async Task<byte[]?> Raw(HttpRequest request)
    {
        using var content = new MemoryStream();
        var buffer = new byte[65_536];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (content.Length <= Attachments.MostBytes)
            {
                content.Write(buffer.AsSpan(0, read));
            }
        }

        return content.Length > Attachments.MostBytes ? null : content.ToArray();
    }
}

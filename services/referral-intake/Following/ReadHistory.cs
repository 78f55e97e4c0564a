using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Receiving;

namespace VGIntegration.ReferralIntake.Following;

/// <summary>Every version of a ServiceRequest and of a Task (FHIR R4 sections 3.1.0.3 and 3.1.0.13), newest first.</summary>
internal static class ReadHistory
{
    public static void MapReadHistory(this IEndpointRouteBuilder fhir)
    {
        fhir.MapGet("/ServiceRequest/{id}/_history", (string id, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct) =>
            Answer(http, db, clock, id, null, Referral, ct)).Needs("ServiceRequest", 'r');
        fhir.MapGet("/ServiceRequest/{id}/_history/{vid}", (string id, string vid, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct) =>
            Answer(http, db, clock, id, vid, Referral, ct)).Needs("ServiceRequest", 'r');
        fhir.MapGet("/Task/{id}/_history", (string id, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct) =>
            Answer(http, db, clock, id, null, Task, ct)).Needs("Task", 'r');
        fhir.MapGet("/Task/{id}/_history/{vid}", (string id, string vid, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct) =>
            Answer(http, db, clock, id, vid, Task, ct)).Needs("Task", 'r');
    }

    private static async Task<IResult> Answer(
        HttpContext http, IntakeDbContext db, TimeProvider clock, string id, string? version, Versions versions, CancellationToken ct)
    {
        var found = await versions(db, id, http.PracticeId(), ct);
        var wanted = found.Where(v => version is null || v.VersionId == version).ToList();
        if (wanted.Count == 0)
        {
            return FhirResult.NotFound();
        }

        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), $"Referral/{wanted[0].ReferralId}", "read-history", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return version is null
            ? new FhirResult(200, History(http.Request, wanted))
            : new FhirResult(200, wanted[0].Resource) { VersionId = version, LastModified = wanted[0].UpdatedAt };
    }

    private static async Task<List<Past>> Referral(IntakeDbContext db, string id, Guid practice, CancellationToken ct)
    {
        var referral = Guid.TryParse(id, out var key)
            ? await db.Referrals.AsNoTracking().SingleOrDefaultAsync(r => r.Id == key && r.PracticeId == practice, ct)
            : null;
        return referral is null ? [] :
        [
            .. (await db.Set<ReferralVersion>().AsNoTracking().Where(v => v.ReferralId == key).ToListAsync(ct))
                .Append(referral.Current()).OrderByDescending(v => v.Version).Select(v => new Past(key, $"{v.Version}", v.UpdatedAt, ServiceRequestDocument.Of(v))),
        ];
    }

    private static async Task<List<Past>> Task(IntakeDbContext db, string id, Guid practice, CancellationToken ct)
    {
        if (await OwnTask.Find(db, id, practice, ct) is not var (task, part))
        {
            return [];
        }

        var before = await db.Set<TaskVersion>().AsNoTracking().Where(v => v.TaskId == task.Id).ToListAsync(ct);
        return [.. before.Append(task.Current()).OrderByDescending(v => v.Version).SelectMany(v =>
            TaskDocument.Of(task, v, part) is { } document ? [new Past(task.ReferralId, $"{v.Version}", v.UpdatedAt, document)] : Array.Empty<Past>())];
    }

    private static Bundle History(HttpRequest request, IReadOnlyList<Past> versions)
    {
        var fhir = UriHelper.BuildAbsolute(request.Scheme, request.Host, "/fhir");
        var oldest = versions[^1].VersionId;
        return new Bundle
        {
            Type = Bundle.BundleType.History,
            Total = versions.Count,
            Link = [new Bundle.LinkComponent { Relation = "self", Url = request.GetEncodedUrl() }],
            Entry = [.. versions.Select(v => new Bundle.EntryComponent
            {
                FullUrl = $"{fhir}/{v.Resource.TypeName}/{v.Resource.Id}",
                Resource = v.Resource,
                Request = v.VersionId == oldest
                    ? new Bundle.RequestComponent { Method = Bundle.HTTPVerb.POST, Url = v.Resource.TypeName }
                    : new Bundle.RequestComponent { Method = Bundle.HTTPVerb.PUT, Url = $"{v.Resource.TypeName}/{v.Resource.Id}" },
                Response = new Bundle.ResponseComponent
                {
                    Status = v.VersionId == oldest ? "201 Created" : "200 OK",
                    Etag = $"W/\"{v.VersionId}\"",
                    LastModified = v.UpdatedAt,
                },
            })],
        };
    }

    private delegate Task<List<Past>> Versions(IntakeDbContext db, string id, Guid practice, CancellationToken ct);

    private sealed record Past(Guid ReferralId, string VersionId, DateTimeOffset UpdatedAt, Resource Resource);
}

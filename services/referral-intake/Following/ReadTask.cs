using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;

namespace VGIntegration.ReferralIntake.Following;

internal static class ReadTask
{
    private static readonly string[] Known = ["focus", "_id", "_format"];

    public static void MapReadTask(this IEndpointRouteBuilder fhir)
    {
        fhir.MapGet("/Task", Search);
        fhir.MapGet("/Task/{id}", Read);
    }

    private static async Task<IResult> Read(string id, HttpContext http, IntakeDbContext db, CancellationToken ct)
    {
        var practice = http.PracticeId();
        var task = Guid.TryParse(id, out var key)
            ? await db.Tasks.AsNoTracking().SingleOrDefaultAsync(t => t.Id == key && t.PracticeId == practice, ct)
            : null;
        return task is null
            ? FhirResult.NotFound()
            : new FhirResult(200, TaskDocument.Of(task)) { VersionId = $"{task.Version}", LastModified = task.UpdatedAt };
    }

    private static async Task<IResult> Search(HttpContext http, IntakeDbContext db, CancellationToken ct)
    {
        if (http.Request.Query.Keys.FirstOrDefault(k => !Known.Contains(k)) is not null)
        {
            return FhirResult.Refused(400, Finding.Error(OperationOutcome.IssueType.NotSupported, null,
                $"Zoek een Task met een van deze parameters: {string.Join(", ", Known)}."));
        }

        var practice = http.PracticeId();
        var own = db.Tasks.AsNoTracking().Where(t => t.PracticeId == practice);
        if (http.Request.Query["focus"].ToString() is { Length: > 0 } focus)
        {
            var referral = Guid.TryParse(focus.Split('/')[^1], out var id) ? id : Guid.Empty;
            own = own.Where(t => t.ReferralId == referral);
        }

        if (http.Request.Query["_id"].ToString() is { Length: > 0 } wanted)
        {
            var key = Guid.TryParse(wanted, out var id) ? id : Guid.Empty;
            own = own.Where(t => t.Id == key);
        }

        var found = await own.OrderByDescending(t => t.UpdatedAt).ThenBy(t => t.Id).Take(200).ToListAsync(ct);
        return new FhirResult(200, SearchSet.Of(http.Request, [.. found.Select(TaskDocument.Of)]));
    }
}

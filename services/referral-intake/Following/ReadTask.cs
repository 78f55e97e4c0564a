using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;

namespace VGIntegration.ReferralIntake.Following;

internal static class ReadTask
{
    public static void MapReadTask(this IEndpointRouteBuilder fhir) => fhir.MapGet("/Task/{id}", Read).Needs("Task", 'r');

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
}

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
        var found = await OwnTask.Find(db, id, http.PracticeId(), ct);
        return found is not var (task, part) || TaskDocument.Of(task, task.Current(), part) is not { } document
            ? FhirResult.NotFound()
            : new FhirResult(200, document) { VersionId = $"{task.Version}", LastModified = task.UpdatedAt };
    }
}

internal static class OwnTask
{
    /// <summary>Null when there is no such Task, or it is another practice's: nobody can tell which.</summary>
    internal static async Task<(ReferralTask Task, TaskPart Part)?> Find(IntakeDbContext db, string id, Guid practice, CancellationToken ct) =>
        TaskDocument.Address(id) is var (key, part)
        && await db.Tasks.AsNoTracking().SingleOrDefaultAsync(t => t.Id == key && t.PracticeId == practice, ct) is { } task
            ? (task, part)
            : null;
}

using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Receiving;

namespace VGIntegration.ReferralIntake.Searching;

/// <summary>Who has the ball, for which of my referrals?</summary>
internal static class SearchTasks
{
    internal static readonly Searchable<ReferralTask> Type = new(
        ResourceType.Task,
        [
            Conditions.Id<ReferralTask>(t => t.Id),
            Conditions.Reference<ReferralTask>("focus", ResourceType.ServiceRequest, "De verwijzing waar het over gaat", t => t.ReferralId),
            Conditions.Code<ReferralTask, ReferralState>("status", "Status van de taak", t => t.State, ReferralStates.Of(s => s.Task)),
            Conditions.Code<ReferralTask, ReferralState>("business-status", "Waar de verwijzing staat", t => t.State, ReferralStates.Business()),
            Conditions.LastUpdated<ReferralTask>(t => t.UpdatedAt),
        ])
    {
        Own = (db, practice) => db.Tasks.AsNoTracking().Where(t => t.PracticeId == practice),
        Id = t => t.Id,
        CreatedAt = t => t.AuthoredAt,
        UpdatedAt = t => t.UpdatedAt,
        Show = TaskDocument.Of,
        Includes = [new("Task:focus", ResourceType.ServiceRequest, Focus), new("Task:part-of", ResourceType.Task, Parts, IsReverse: true)],
    };

    public static void MapSearchTasks(this IEndpointRouteBuilder fhir)
    {
        fhir.MapGet("/Task", Handle).Needs("Task", 's');
        fhir.MapPost("/Task/_search", Handle).Needs("Task", 's');
    }

    private static Task<IResult> Handle(HttpContext http, Search search, CancellationToken ct) => search.Run(Type, http, ct);

    private static Task<List<Resource>> Parts(IReadOnlyList<ReferralTask> tasks, IntakeDbContext db, Guid practice, CancellationToken ct) =>
        System.Threading.Tasks.Task.FromResult<List<Resource>>([.. tasks.SelectMany(TaskDocument.PartsOf)]);

    private static async Task<List<Resource>> Focus(IReadOnlyList<ReferralTask> tasks, IntakeDbContext db, Guid practice, CancellationToken ct)
    {
        var ids = tasks.Select(t => t.ReferralId).ToList();
        var referrals = await SearchReferrals.Own(db, practice).Where(r => ids.Contains(r.Referral.Id)).ToListAsync(ct);
        return [.. referrals.Select(SearchReferrals.Type.Show)];
    }
}

using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Conversing;

/// <summary>Tells feedback how organisations and professionals are called, at the moment it shows or prints the ledger.</summary>
internal static class NameProfessionals
{
    public static void MapNameProfessionals(this IEndpointRouteBuilder app) => app
        .MapGet("/internal/registry/names", Handle)
        .RequireAuthorization(Hosting.Authentication.ServiceWith("registry.names"));

    private static async Task<IResult> Handle(HttpContext http, PlanningDbContext db, KnownRegion known, TimeProvider clock, CancellationToken ct)
    {
        var region = await known.Get(ct);
        var person = http.Request.Headers["X-On-Behalf-Of"].ToString() is { Length: > 0 and <= 200 } name ? name : null;
        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), "Registry/names", "claims", clock.GetUtcNow(), person));
        await db.SaveChangesAsync(ct);
        return Results.Json(new Names(
            [.. region.Organisations.Values.Select(o => new Organisation(o.Id, o.Name))],
            [.. region.Professionals.Values.Select(p => new Person(
                p.Id, p.Name, p.Profession, p.ProfessionCode, RecordConversation.Code(p.Discipline), p.OrganisationId))]));
    }

    private sealed record Names(IReadOnlyList<Organisation> Organisations, IReadOnlyList<Person> Professionals);

    private sealed record Organisation(Guid Id, string Name);

    private sealed record Person(Guid Id, string Name, string Profession, string ProfessionCode, string Discipline, Guid OrganisationId);
}

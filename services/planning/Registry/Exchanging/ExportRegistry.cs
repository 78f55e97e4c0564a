using VGIntegration.Fhir;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry.Keeping;

namespace VGIntegration.Planning.Registry.Exchanging;

/// <summary>The registry as files, for a spreadsheet or another system.</summary>
internal static class ExportRegistry
{
    public static void MapExportRegistry(this IEndpointRouteBuilder app)
    {
        app.MapGet("/planning/registry/{kind}/csv", Csv).RequireAuthorization(Web.Registration.Planners);
        app.MapGet("/planning/registry/fhir", Fhir).RequireAuthorization(Web.Registration.Planners);
    }

    private static async Task<IResult> Csv(string kind, HttpContext http, PlanningDbContext db, TimeProvider clock, CancellationToken ct) =>
        Kinds.Of(kind) is { } known
            ? Results.File(CsvSheet.Write(known, await Seen(kind, http, db, clock, ct)), "text/csv; charset=utf-8", $"{kind}.csv")
            : Results.NotFound();

    private static async Task<IResult> Fhir(HttpContext http, PlanningDbContext db, TimeProvider clock, CancellationToken ct) =>
        Results.File(RegionDocument.Write(await Seen("registry", http, db, clock, ct)), FhirJson.MediaType, "register.fhir.json");

    private static async Task<Register> Seen(string what, HttpContext http, PlanningDbContext db, TimeProvider clock, CancellationToken ct)
    {
        db.Audit.Add(AuditEntry.Of("E", http.User.Who(), what, "export-registry", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return await Register.Load(db, ct);
    }
}

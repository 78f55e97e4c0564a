using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Fhir;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Monitoring.Exporting;

/// <summary>The forms as a file for the office: CSV, or FHIR with one resource on each line (Bulk Data's NDJSON).</summary>
internal static class DownloadMonitoring
{
    private const string Ndjson = "application/fhir+ndjson";

    public static void MapDownloadMonitoring(this IEndpointRouteBuilder app)
    {
        app.MapGet("/feedback/monitoring/csv", Csv).RequireAuthorization("manager");
        app.MapGet("/feedback/monitoring/fhir", Fhir).RequireAuthorization("manager");
    }

    private static async Task<IResult> Csv(HttpContext http, FeedbackDbContext db, TimeProvider clock)
    {
        await Record(http, db, "monitoring-csv", clock.GetUtcNow());
        return Results.Stream(
            async file =>
            {
                await file.WriteAsync(new byte[] { 0xEF, 0xBB, 0xBF }, http.RequestAborted); // or a spreadsheet takes it for another alphabet
                await file.WriteAsync(MonitoringSheet.Write([MonitoringSheet.Heading]), http.RequestAborted);
                await foreach (var forms in db.AllSent(http.RequestAborted))
                {
                    await file.WriteAsync(MonitoringSheet.Write(forms.Select(MonitoringSheet.Row)), http.RequestAborted);
                }
            },
            "text/csv; charset=utf-8", $"monitoring-{clock.GetUtcNow().LocalDay():yyyy-MM-dd}.csv");
    }

    private static async Task<IResult> Fhir(HttpContext http, FeedbackDbContext db, TimeProvider clock)
    {
        await Record(http, db, "monitoring-fhir", clock.GetUtcNow());
        return Results.Stream(
            async file =>
            {
                await foreach (var forms in db.AllSent(http.RequestAborted))
                {
                    foreach (var form in forms)
                    {
                        await file.WriteAsync(FhirJson.Write(MonitoringDocument.Of(form)), http.RequestAborted);
                        await file.WriteAsync("\n"u8.ToArray(), http.RequestAborted);
                    }
                }
            },
            Ndjson, $"monitoring-{clock.GetUtcNow().LocalDay():yyyy-MM-dd}.ndjson");
    }

    private static Task Record(HttpContext http, FeedbackDbContext db, string why, DateTimeOffset now)
    {
        http.Response.Headers.CacheControl = "no-store";
        db.Audit.Add(AuditEntry.Of("E", http.User.Who(), "MonitoringForm", why, now));
        return db.SaveChangesAsync(http.RequestAborted);
    }
}

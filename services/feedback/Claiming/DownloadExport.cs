using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Claiming;

/// <summary>An export as a file, as often as it is asked for; the lines and amounts stay as they were when it was made.</summary>
internal static class DownloadExport
{
    private const string Excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapDownloadExport(this IEndpointRouteBuilder app) =>
        app.MapGet("/feedback/claims/exports/{number:int}/{format:regex(^(csv|xlsx)$)}", Handle).RequireAuthorization("manager");

    private static async Task<IResult> Handle(
        int number, string format, HttpContext http, FeedbackDbContext db, ExportClaims exports, RegistryNames registry, TimeProvider clock)
    {
        var ct = http.RequestAborted;
        if (await exports.Find(number, ct) is not ({ } run, { } rows))
        {
            return Results.NotFound();
        }

        if (await registry.Get(ct) is not { } names)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        db.Audit.Add(AuditEntry.Of("E", http.User.Who(), $"ClaimExport/{number}", $"download-{format}", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        http.Response.Headers.CacheControl = "no-store";
        var (sheet, name) = (ClaimSheet.Of(rows, names), $"declaraties-{run.Number}-{run.From.Iso()}-{run.Until.Iso()}.{format}");
        return format is "csv"
            ? Results.File(sheet.Csv(), "text/csv; charset=utf-8", name)
            : Results.File(await sheet.Xlsx(ct), Excel, name);
    }
}

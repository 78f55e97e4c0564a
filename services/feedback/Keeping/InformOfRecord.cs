using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Keeping;

namespace VGIntegration.Feedback.Keeping;

/// <summary>Gives intake, for a manager, what feedback holds about a referral, and how long it keeps what.</summary>
internal static class InformOfRecord
{
    public static void MapInformOfRecord(this IEndpointRouteBuilder app)
    {
        var asked = app.MapGroup("/internal").RequireAuthorization(Hosting.Authentication.ServiceWith("record.read"));
        asked.MapGet("/records/{referralId:guid}", Record);
        asked.MapGet("/records/{referralId:guid}/underway", Underway);
        asked.MapGet("/keeping", (FeedbackDbContext db, KeptKinds<FeedbackDbContext> kept, CancellationToken ct) => kept.Report(db, ct));
    }

    private static async Task<IResult> Record(Guid referralId, HttpContext http, FeedbackDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (!http.Request.Headers["X-Roles"].ToString().Split(' ').Contains("manager"))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var person = http.Request.Headers["X-On-Behalf-Of"].ToString() is { Length: > 0 and <= 200 } name ? name : null;
        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), $"Referral/{referralId}", "export-record", clock.GetUtcNow(), person));
        await db.SaveChangesAsync(ct);
        var record = await FeedbackRecord.Whole.Read(db, referralId, ct);
        record["Logboek"] = await Looks(db, await Names(db, referralId, ct), ct);
        return Results.Json(new { record, files = await FeedbackRecord.Letters(db, referralId, ct) });
    }

    // Before intake removes a referral: what the huisarts must still get would otherwise never arrive.
    private static async Task<IResult> Underway(Guid referralId, FeedbackDbContext db, CancellationToken ct) => Results.Json(new
    {
        letters = await db.Deliveries.CountAsync(d => d.ReferralId == referralId && (d.State == DeliveryState.Waiting || d.State == DeliveryState.Refused)
            && d.Kind != ParcelKind.TaskUpdate && d.Kind != ParcelKind.Handshake && d.Kind != ParcelKind.Notification, ct),
    });

    private static async Task<List<string>> Names(FeedbackDbContext db, Guid referralId, CancellationToken ct) =>
    [
        $"Referral/{referralId}",
        .. (await db.Advices.Where(a => a.ReferralId == referralId).Select(a => a.Id).ToListAsync(ct)).Select(id => $"Advice/{id}"),
        .. (await db.Deliveries.Where(d => d.ReferralId == referralId).Select(d => d.Id).ToListAsync(ct)).Select(id => $"Letter/{id}"),
    ];

    // Who looked, for the resident to know (Wabvpz art. 15e).
    private static async Task<JsonNode?> Looks(FeedbackDbContext db, List<string> seen, CancellationToken ct) => JsonSerializer.SerializeToNode(
        await db.Audit.AsNoTracking().Where(a => seen.Contains(a.What)).OrderBy(a => a.RecordedAt)
            .Select(a => new { a.RecordedAt, a.Action, a.Who, a.OnBehalfOf, a.Why }).ToListAsync(ct));
}

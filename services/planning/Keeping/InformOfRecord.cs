using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Keeping;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Keeping;

/// <summary>Gives intake, for a manager, what planning holds about a referral, and how long it keeps what.</summary>
internal static class InformOfRecord
{
    public static void MapInformOfRecord(this IEndpointRouteBuilder app)
    {
        var asked = app.MapGroup("/internal").RequireAuthorization(Hosting.Authentication.ServiceWith("record.read"));
        asked.MapGet("/records/{referralId:guid}", Record);
        asked.MapGet("/keeping", (PlanningDbContext db, KeptKinds<PlanningDbContext> kept, CancellationToken ct) => kept.Report(db, ct));
    }

    private static async Task<IResult> Record(Guid referralId, HttpContext http, PlanningDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (!http.Request.Headers["X-Roles"].ToString().Split(' ').Contains("manager"))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var person = http.Request.Headers["X-On-Behalf-Of"].ToString() is { Length: > 0 and <= 200 } name ? name : null;
        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), $"Referral/{referralId}", "export-record", clock.GetUtcNow(), person));
        await db.SaveChangesAsync(ct);
        var record = await PlanningRecord.Whole.Read(db, referralId, ct);
        record["Logboek"] = await Looks(db, [$"Referral/{referralId}", .. await ConversationsOf(db, referralId, ct)], ct);
        return Results.Json(new { record, files = Array.Empty<object>() });
    }

    private static async Task<IReadOnlyList<string>> ConversationsOf(PlanningDbContext db, Guid referralId, CancellationToken ct) =>
        [.. (await db.Conversations.Where(c => c.ReferralId == referralId).Select(c => c.Id)
            .Union(db.MissedConversations.Where(m => m.ReferralId == referralId).Select(m => m.Id)).ToListAsync(ct)).Select(id => $"Conversation/{id}")];

    // Who looked, for the resident to know (Wabvpz art. 15e).
    private static async Task<JsonNode?> Looks(PlanningDbContext db, List<string> seen, CancellationToken ct) => JsonSerializer.SerializeToNode(
        await db.Audit.AsNoTracking().Where(a => seen.Contains(a.What)).OrderBy(a => a.RecordedAt)
            .Select(a => new { a.RecordedAt, a.Action, a.Who, a.OnBehalfOf, a.Why }).ToListAsync(ct));
}

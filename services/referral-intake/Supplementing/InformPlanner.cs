using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>Shows a planner what came along with a referral, at the moment the planner looks. Planning keeps nothing of it.</summary>
internal static class InformPlanner
{
    public static void MapInformPlanner(this IEndpointRouteBuilder app)
    {
        var attachments = app.MapGroup("/internal/referrals/{id:guid}/attachments")
            .RequireAuthorization(Hosting.Authentication.ServiceWith("referral.attachment"));
        attachments.MapGet("", List);
        attachments.MapGet("/{attachmentId:guid}", File).WithSecurityHeadersPolicy(ServiceDefaults.FileHeaders);
    }

    private static async Task<IResult> List(Guid id, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var files = await FileFacts.Of(db.Files.Where(f => f.ReferralId == id), ct);
        await Looked(db, http, $"Referral/{id}", clock, ct);
        return Results.Json(files.Select(f => new { f.Id, f.Name, f.ContentType, f.Size, f.ReceivedAt }));
    }

    private static async Task<IResult> File(
        Guid id, Guid attachmentId, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var file = await db.Files.AsNoTracking().SingleOrDefaultAsync(f => f.Id == attachmentId && f.ReferralId == id, ct);
        if (file is null)
        {
            return Results.NotFound();
        }

        await Looked(db, http, $"Binary/{file.Id}", clock, ct);
        return new RawFile(file.ContentType, file.Name, file.Content);
    }

    private static Task Looked(IntakeDbContext db, HttpContext http, string what, TimeProvider clock, CancellationToken ct)
    {
        var person = http.Request.Headers["X-On-Behalf-Of"].ToString() is { Length: > 0 and <= 200 } name ? name : null;
        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), what, "plan-conversation", clock.GetUtcNow(), person));
        return db.SaveChangesAsync(ct);
    }
}

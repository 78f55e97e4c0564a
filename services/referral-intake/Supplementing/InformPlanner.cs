using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Informing;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>
/// Shows a planner, and the professionals as far as <see cref="Disclosure"/> lets them, what came along with a referral, at the
/// moment they look. Planning keeps nothing of it.
/// </summary>
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
        if (!await http.MayReadFromGp(db, id, ct))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var files = await FileFacts.Of(db.Files.Where(f => f.ReferralId == id), ct);
        await Looked(db, http, $"Referral/{id}", clock, ct);
        return Results.Json(files.Select(f => new { f.Id, f.Name, f.ContentType, f.Size, f.ReceivedAt }));
    }

    private static async Task<IResult> File(
        Guid id, Guid attachmentId, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (!await http.MayReadFromGp(db, id, ct))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

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
        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), what, http.WhoLooks() is Onlooker.Planner ? "plan-conversation" : "hold-conversation", clock.GetUtcNow(), person));
        return db.SaveChangesAsync(ct);
    }
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Informing;

/// <summary>
/// A planner records what the resident said in the call: may the professional of the social domain read what the huisarts sent?
/// It can be taken back at any time, and holds from that moment.
/// </summary>
internal static class ShareWithSocialDomain
{
    public static void MapShareWithSocialDomain(this IEndpointRouteBuilder app)
    {
        var sharing = app.MapGroup("/internal/referrals/{id:guid}/sharing")
            .RequireAuthorization(Hosting.Authentication.ServiceWith("referral.attachment"));
        sharing.MapGet("", Show);
        sharing.MapPut("", Record);
    }

    private static async Task<IResult> Show(Guid id, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (http.WhoLooks() is not Onlooker.Planner)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (!await db.Referrals.AnyAsync(r => r.Id == id, ct))
        {
            return Results.NotFound();
        }

        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), $"Referral/{id}", "sharing", clock.GetUtcNow(), Person(http)));
        await db.SaveChangesAsync(ct);
        return Results.Json(Told(await db.Sharing.AsNoTracking().SingleOrDefaultAsync(s => s.ReferralId == id, ct)));
    }

    private static async Task<IResult> Record(
        Guid id, RecordedAnswer answer, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (http.WhoLooks() is not Onlooker.Planner)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (!await db.Referrals.AnyAsync(r => r.Id == id, ct))
        {
            return Results.NotFound();
        }

        var (now, person) = (clock.GetUtcNow(), Person(http));
        var sharing = await db.Sharing.SingleOrDefaultAsync(s => s.ReferralId == id, ct);
        if (sharing is null && answer.Agrees)
        {
            db.Sharing.Add(sharing = SharingAgreement.Of(id));
        }

        sharing?.Record(answer.Agrees, person, now);
        db.Audit.Add(AuditEntry.Of("U", http.User.Who(), $"Referral/{id}", answer.Agrees ? "agree-to-share" : "withdraw-sharing", now, person));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) // somebody else recorded an answer at the same moment: the planner looks and says again
        {
            return Results.Conflict();
        }

        return Results.Json(Told(sharing));
    }

    private static string Person(HttpContext http)
    {
        var person = http.Request.Headers["X-On-Behalf-Of"].ToString();
        return person.Length > 200 ? person[..200] : person;
    }

    private static object Told(SharingAgreement? sharing) => new { agrees = sharing?.IsInForce is true, sharing?.AgreedAt, sharing?.WithdrawnAt };

    private sealed record RecordedAnswer(bool Agrees);
}

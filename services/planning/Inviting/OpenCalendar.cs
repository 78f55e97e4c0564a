using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Inviting;

/// <summary>GET /planning/calendar/{secret}.ics: what a professional's calendar program subscribes to. The secret is the key.</summary>
internal static class OpenCalendar
{
    public static void MapOpenCalendar(this IEndpointRouteBuilder app) =>
        app.MapGet("/planning/calendar/{secret}.ics", Handle).AllowAnonymous();

    private static async Task<IResult> Handle(
        string secret, HttpContext http, PlanningDbContext db, KnownRegion known, MailRules mail, InvitingRules rules, TimeProvider clock, CancellationToken ct)
    {
        var hash = Feed.HashOf(secret);
        if (await db.CalendarFeeds.AsNoTracking().SingleOrDefaultAsync(f => f.SecretHash == hash, ct) is not { } feed)
        {
            return Results.NotFound();
        }

        var since = clock.GetUtcNow().AddDays(-60);
        var mine = await db.Appointments.AsNoTracking()
            .Where(a => a.StartsAt >= since && (a.MentalHealthProfessionalId == feed.ProfessionalId || a.SocialDomainProfessionalId == feed.ProfessionalId))
            .OrderBy(a => a.StartsAt).Take(1_000).ToListAsync(ct);
        http.Response.Headers.CacheControl = "private, max-age=300";
        return Results.Text(new Invitation(await known.Get(ct), mail, rules).Feed(mine, clock.GetUtcNow()), "text/calendar; charset=utf-8");
    }
}

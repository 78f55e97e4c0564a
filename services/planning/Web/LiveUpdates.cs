using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Web;

/// <summary>
/// Tells open pages what changed, within two seconds, also when it changed in another process: the database is asked twice
/// a second for each open page. A page works without it.
/// </summary>
internal sealed class LiveUpdates(IServiceScopeFactory scopes, TimeProvider clock, IHostApplicationLifetime life)
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Present = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SayAgain = TimeSpan.FromSeconds(5);

    /// <summary>The event changed, each time anything on the work list did.</summary>
    internal async IAsyncEnumerable<SseItem<string>> OfList([EnumeratorCancellation] CancellationToken ct)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct, life.ApplicationStopping);
        var seen = await Ask(db => db.Journeys.MaxAsync(j => EF.Property<DateTimeOffset?>(j, PlanningDbContext.ChangedAt), ends.Token));
        yield return Still();
        for (var quiet = 0; !ends.IsCancellationRequested; quiet++)
        {
            await Wait(ends.Token);
            var now = await Ask(db => db.Journeys.MaxAsync(j => EF.Property<DateTimeOffset?>(j, PlanningDbContext.ChangedAt), ends.Token));
            if (now != seen)
            {
                (seen, quiet) = (now, 0);
                yield return new SseItem<string>("1", "changed");
            }
            else if (quiet % 40 == 39)
            {
                yield return Still(); // a proxy closes what says nothing
            }
        }
    }

    /// <summary>What to show on top of a referral: who else has it open, and that it is no longer as it was.</summary>
    internal async IAsyncEnumerable<SseItem<string>> OfReferral(Guid referralId, int seen, string who, [EnumeratorCancellation] CancellationToken ct)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct, life.ApplicationStopping);
        var (shown, said) = ("", DateTimeOffset.MinValue);
        yield return Still(); // the browser knows that it is connected
        try
        {
            for (var quiet = 0; !ends.IsCancellationRequested; quiet++)
            {
                if (clock.GetUtcNow() - said >= SayAgain)
                {
                    said = clock.GetUtcNow();
                    await Ask(db => Onlookers.Say(db, referralId, who, said, ends.Token));
                }

                var text = await Ask(db => Text(db, referralId, seen, who, ends.Token));
                if (text != shown)
                {
                    (shown, quiet) = (text, 0);
                    yield return new SseItem<string>(text is "" ? "<span></span>" : text);
                }
                else if (quiet % 40 == 39)
                {
                    yield return Still();
                }

                await Wait(ends.Token);
            }
        }
        finally
        {
            await Ask(db => db.Set<Onlooker>().Where(o => o.ReferralId == referralId && o.Who == who).ExecuteDeleteAsync(CancellationToken.None));
        }
    }

    private async Task<string> Text(PlanningDbContext db, Guid referralId, int seen, string who, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Present;
        var others = await db.Set<Onlooker>().AsNoTracking()
            .Where(o => o.ReferralId == referralId && o.Who != who && o.SeenAt > since).Select(o => o.Who).OrderBy(o => o).ToListAsync(ct);
        var now = await db.Journeys.Where(j => j.ReferralId == referralId).Select(j => j.Revision).SingleOrDefaultAsync(ct);
        var presence = others.Count == 0 ? "" : $"<p>{WebUtility.HtmlEncode(string.Join(" en ", others))} {(others.Count == 1 ? "heeft" : "hebben")} deze verwijzing ook open.</p>";
        var change = now == seen ? "" : "<p>Deze verwijzing is net veranderd. <a class=\"utrecht-link utrecht-link--html-a\" href=\"\">Toon hoe het nu is</a>. Wat u al invulde, gaat dan verloren.</p>";
        return presence + change is { Length: > 0 } text ? $"<div class=\"utrecht-alert utrecht-alert--warning\"><div>{text}</div></div>" : "";
    }

    private static SseItem<string> Still() => new("", "still");

    private async Task<T> Ask<T>(Func<PlanningDbContext, Task<T>> question)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<PlanningDbContext>());
    }

    private async Task Wait(CancellationToken ct)
    {
        try
        {
            await Task.Delay(Interval, clock, ct);
        }
        catch (OperationCanceledException)
        {
            // the page was closed, or the service stops: the loop sees it
        }
    }
}

internal static class LiveEndpoints
{
    public static void MapLiveUpdates(this IEndpointRouteBuilder app)
    {
        app.MapGet("/planning/live", (LiveUpdates live, CancellationToken ct) => TypedResults.ServerSentEvents(live.OfList(ct)))
            .RequireAuthorization(Registration.Planners);
        app.MapGet("/planning/referrals/{id:guid}/live", (Guid id, int seen, LiveUpdates live, HttpContext http, CancellationToken ct) =>
                TypedResults.ServerSentEvents(live.OfReferral(id, seen, http.User.Who(), ct)))
            .RequireAuthorization(Registration.PlannersOnly);
    }
}

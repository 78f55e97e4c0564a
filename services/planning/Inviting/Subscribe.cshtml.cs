using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Inviting;

/// <summary>A professional makes, or renews, the secret address of the own calendar. It is shown once.</summary>
[Authorize(Policy = Web.Registration.Professionals)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class SubscribeModel(PlanningDbContext db, KnownRegion known, InvitingRules rules, TimeProvider clock) : PageModel
{
    public IReadOnlyList<(Professional Professional, string Organisation, Feed? Feed)> Mine { get; private set; } = [];
    public Guid? Renewed { get; private set; }
    public Uri? Address { get; private set; }

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(Guid id, CancellationToken ct)
    {
        await Load(ct);
        if (!Mine.Any(m => m.Professional.Id == id))
        {
            return NotFound();
        }

        var feed = await db.CalendarFeeds.SingleOrDefaultAsync(f => f.ProfessionalId == id, ct);
        if (feed is null)
        {
            db.CalendarFeeds.Add(feed = Feed.For(id));
        }

        (Renewed, Address) = (id, new Uri(rules.Site, $"/planning/calendar/{feed.Renew(clock.GetUtcNow())}.ics"));
        db.Audit.Add(AuditEntry.Of("U", User.Who(), $"Professional/{id}", "renew-calendar", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        await Load(ct);
        return Page();
    }

    private async Task Load(CancellationToken ct)
    {
        var region = await known.Get(ct);
        var me = region.IdsOf(User.Who()).ToList();
        var feeds = await db.CalendarFeeds.AsNoTracking().Where(f => me.Contains(f.ProfessionalId)).ToDictionaryAsync(f => f.ProfessionalId, ct);
        Mine = [.. me.Select(id => region.Professionals[id]).OrderBy(p => p.Name)
            .Select(p => (p, region.Organisations[p.OrganisationId].Name, feeds.GetValueOrDefault(p.Id)))];
    }
}

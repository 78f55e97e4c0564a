using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Planning.Choosing;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Planning.Web;

namespace VGIntegration.Planning.Conversing;

/// <summary>What one professional has ahead, has to record, and held.</summary>
[Authorize(Policy = Web.Registration.Professionals)]
internal sealed class OverviewModel(PlanningDbContext db, KnownRegion known, TimeProvider clock) : PageModel
{
    private Region _region = null!;
    private Dictionary<Guid, string> _companions = [];

    [BindProperty(SupportsGet = true, Name = "missed")]
    public bool Missed { get; set; }

    [BindProperty(SupportsGet = true, Name = "stopped")]
    public bool Stopped { get; set; }

    /// <summary>What to do first comes first; an empty group is not there.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<Conversation> Conversations)> Groups { get; private set; } = [];

    public int Proposals { get; private set; }

    public async Task OnGet(CancellationToken ct)
    {
        _region = await known.Get(ct);
        var (now, me) = (clock.GetUtcNow(), _region.IdsOf(User.Who()).ToList());
        var mine = db.Conversations.AsNoTracking().Where(c => me.Contains(c.MentalHealthProfessionalId) || me.Contains(c.SocialDomainProfessionalId));
        var ahead = await mine.Where(c => c.Status == ConversationStatus.Scheduled).OrderBy(c => c.StartsAt).Take(200).ToListAsync(ct);
        var held = await mine.Where(c => c.Status == ConversationStatus.Held).OrderByDescending(c => c.StartsAt).Take(50).ToListAsync(ct);
        var ids = ahead.ConvertAll(c => c.ReferralId);
        _companions = await db.ResidentAnswers.AsNoTracking().Where(a => ids.Contains(a.ReferralId) && a.Companion != null)
            .ToDictionaryAsync(a => a.ReferralId, a => a.Companion!, ct);
        Proposals = await mine.CountAsync(c => c.Status == ConversationStatus.Proposed && c.StartsAt > now, ct);
        var groups = ahead.GroupBy(c => c.EndsAt <= now ? 0 : Dutch.Day(c.StartsAt) <= Dutch.Day(now) ? 1 : 2).OrderBy(g => g.Key)
            .Select(g => (g.Key switch { 0 => "Nog vast te leggen", 1 => "Vandaag", _ => "Later" }, (IReadOnlyList<Conversation>)[.. g]));
        Groups = [.. groups, .. held.Count == 0 ? [] : new[] { ("Gevoerd", (IReadOnlyList<Conversation>)held) }];
    }

    public string PlaceOf(Conversation conversation) => _region.Locations[conversation.LocationId].Name;

    /// <summary>In the resident's own words of the list; null when the resident did not say.</summary>
    public string? CompanionOf(Conversation conversation) =>
        _companions.TryGetValue(conversation.ReferralId, out var code) ? ResidentWords.Dutch.CompanionNames[code] : null;
}

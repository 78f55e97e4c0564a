using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Conversing;

[Authorize(Policy = Web.Registration.Professionals)]
internal sealed class OverviewModel(PlanningDbContext db, KnownRegion known) : PageModel
{
    private Region _region = null!;

    [BindProperty(SupportsGet = true, Name = "missed")]
    public bool Missed { get; set; }

    public IReadOnlyList<Conversation> Conversations { get; private set; } = [];

    public async Task OnGet(CancellationToken ct)
    {
        _region = await known.Get(ct);
        var me = _region.IdsOf(User.Who()).ToList();
        var mine = db.Conversations.AsNoTracking().Where(c => c.Status != ConversationStatus.Proposed
            && (me.Contains(c.MentalHealthProfessionalId) || me.Contains(c.SocialDomainProfessionalId)));
        Conversations =
        [
            .. await mine.Where(c => c.Status == ConversationStatus.Scheduled).OrderBy(c => c.StartsAt).Take(200).ToListAsync(ct),
            .. await mine.Where(c => c.Status == ConversationStatus.Held).OrderByDescending(c => c.StartsAt).Take(50).ToListAsync(ct),
        ];
    }

    public string PlaceOf(Conversation conversation) => _region.Locations[conversation.LocationId].Name;
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Journey;

[Authorize(Policy = Web.Registration.Everybody)]
internal sealed class OverviewModel(PlanningDbContext db, FreeMoments moments, TimeProvider clock) : PageModel
{
    private const int PerPage = 50;

    [BindProperty(SupportsGet = true, Name = "show")]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public bool HasMore { get; private set; }
    public DateTimeOffset Now { get; } = clock.GetUtcNow();
    public int Weeks => moments.Weeks;
    public bool ShowsFinished => Show == "finished";

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (!User.IsInRole("planner") && !User.IsInRole("manager"))
        {
            return Redirect("/planning/conversations"); // a professional came in by the front door
        }

        PageNumber = Math.Clamp(PageNumber, 1, 10_000);
        var wanted = ShowsFinished
            ? db.Journeys.Where(j => j.Stage == Stage.Completed || j.Stage == Stage.Closed).OrderByDescending(j => j.ReceivedAt)
            : db.Journeys.Where(j => j.Stage != Stage.Completed && j.Stage != Stage.Closed).OrderByDescending(j => j.IsUrgent).ThenBy(j => j.ReceivedAt);
        var found = await wanted.AsNoTracking().Skip((PageNumber - 1) * PerPage).Take(PerPage + 1)
            .GroupJoin(db.Conversations, j => j.ReferralId, c => c.ReferralId, (j, c) => new { j, c })
            .SelectMany(x => x.c.DefaultIfEmpty(), (x, c) => new Line(x.j, c)).ToListAsync(ct);
        HasMore = found.Count > PerPage;
        Lines = [.. (ShowsFinished
            ? found.OrderByDescending(l => l.Journey.ReceivedAt)
            : found.OrderByDescending(l => l.Journey.IsUrgent).ThenBy(l => l.Journey.ReceivedAt)).Take(PerPage)];
        return Page();
    }

    internal sealed record Line(ReferralJourney Journey, Conversation? Conversation);
}

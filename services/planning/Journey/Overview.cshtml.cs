using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VGIntegration.Hosting;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Registry.Keeping;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Journey;

[Authorize(Policy = Web.Registration.Everybody)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class OverviewModel(WorkList list, FreeMoments moments, PlannerRules rules, KnownRegion known, TimeProvider clock) : PageModel
{
    internal static readonly IReadOnlyList<(string? Show, string Text)> Filters =
    [
        (null, "Alles wat loopt"), ("mine", "Van mij"), ("call", "Te bellen"), ("stuck", "Geen duo gevonden"), ("asked", "Wacht op de huisarts"),
        ("paused", "Gepauzeerd"), ("planned", "Afspraak gepland"), ("advice", "Wacht op advies"), ("finished", "Klaar of gestopt"),
    ];

    private Region _region = null!;

    [BindProperty(SupportsGet = true, Name = "show")]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<WorkListLine> Lines { get; private set; } = [];
    public bool HasMore { get; private set; }
    public DateTimeOffset Now { get; } = clock.GetUtcNow();
    public int Weeks => moments.Weeks;
    public bool ShowsFinished => Show == "finished";
    public bool IsFiltered => Show is not (null or "" or "finished") || !string.IsNullOrWhiteSpace(Search);

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (!User.IsInRole("planner") && !User.IsInRole("manager"))
        {
            return Redirect("/planning/conversations"); // a professional came in by the front door
        }

        _region = await known.Get(ct);
        PageNumber = Math.Clamp(PageNumber, 1, 10_000);
        (Lines, HasMore) = await list.Read(new WorkListQuery(Show, Search, User.Who(), PageNumber), ct);
        return Page();
    }

    public WaitingTime WaitingOf(WorkListLine line) => WaitingTime.Of(line.Journey, line.Conversation, rules, Now);

    /// <summary>Why what is booked cannot go on; empty when it can.</summary>
    public string WhyNot(WorkListLine line) => line.Conversation is { Status: ConversationStatus.Scheduled } booked && booked.StartsAt > Now
        ? string.Join("; ", DisturbedBookings.Why(_region, booked, line.Journey.Wishes))
        : "";

    public string To(int page) => $"/planning?show={Uri.EscapeDataString(Show ?? "")}&q={Uri.EscapeDataString(Search ?? "")}&p={page}";
}

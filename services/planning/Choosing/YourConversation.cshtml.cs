using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Inviting;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Choosing;

/// <summary>
/// The resident's own page, behind a personal link and no log-in. The address is the key and no cookie carries anything, so a
/// form from elsewhere has nothing to abuse: no antiforgery token is asked.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken, EnableRateLimiting(Registration.Limit)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class YourConversationModel(
    PlanningDbContext db, PersonalLinks links, ChooseMoment choosing, KnownRegion known, InvitingRules rules, TimeProvider clock) : PageModel
{
    private Region _region = null!;

    [BindProperty(SupportsGet = true, Name = "taal")]
    public string? Language { get; set; }

    [BindProperty(SupportsGet = true, Name = "klaar")]
    public string? Done { get; set; }

    [BindProperty]
    public string? Choice { get; set; }

    [BindProperty]
    public string? Companion { get; set; }

    [BindProperty]
    public string? Speaks { get; set; }

    [BindProperty]
    public List<string> Needs { get; set; } = [];

    [BindProperty]
    public bool Sure { get; set; }

    public ResidentWords Words => ResidentWords.Of(Language);
    public bool IsGone { get; private set; }
    public ReferralJourney Journey { get; private set; } = null!;
    public Conversation? Booked { get; private set; }
    public bool MayChange { get; private set; }
    public IReadOnlyList<Candidate> Choices { get; private set; } = [];
    public string? Telephone => rules.Telephone;
    public (string Field, string Text)? Fault { get; private set; }

    public async Task<IActionResult> OnGet(string token, CancellationToken ct) =>
        await links.Find(token, ct) is { } referral ? await Show(referral, null, ct) : Gone();

    /// <summary>Chooses, or moves.</summary>
    public async Task<IActionResult> OnPostChoose(string token, CancellationToken ct)
    {
        if (await links.Find(token, ct) is not { } referral)
        {
            return Gone();
        }

        await Say(referral, ct);
        var wasBooked = await db.Conversations.AnyAsync(c => c.ReferralId == referral && c.Status == ConversationStatus.Scheduled, ct);
        return Choice is not { Length: > 0 } choice
            ? await Show(referral, ("keuze-0", Words.Pick), ct)
            : await choosing.Choose(referral, choice, ct) switch
            {
                Outcome.Done => After(token, wasBooked ? "verzet" : "gepland"),
                Outcome.Taken => await Show(referral, ("keuze-0", Words.Taken), ct),
                _ => await Show(referral, ("inhoud", Words.Changed), ct),
            };
    }

    /// <summary>Tells who comes along, which language, and what is needed.</summary>
    public async Task<IActionResult> OnPostTell(string token, CancellationToken ct)
    {
        if (await links.Find(token, ct) is not { } referral)
        {
            return Gone();
        }

        await Say(referral, ct);
        return After(token, "bewaard");
    }

    public async Task<IActionResult> OnPostCancel(string token, CancellationToken ct)
    {
        if (await links.Find(token, ct) is not { } referral)
        {
            return Gone();
        }

        return !Sure ? await Show(referral, ("zeker", Words.CancelTick), ct)
            : await choosing.Cancel(referral, ct) is Outcome.Done ? After(token, "afgezegd")
            : await Show(referral, ("inhoud", Words.Changed), ct);
    }

    public string Place(Guid id) => _region.Locations.TryGetValue(id, out var place)
        ? $"{place.Name}, {place.Address}{(place.IsAccessible ? $" ({Words.Wheelchair})" : "")}"
        : "";

    public string Person(Guid id) => _region.Professionals.TryGetValue(id, out var person) ? $"{person.Name}, {person.Profession}" : "";

    private async Task Say(Guid referral, CancellationToken ct)
    {
        if (Request.Form.ContainsKey("said")) // the form had these questions
        {
            var answer = await db.ResidentAnswers.SingleOrDefaultAsync(a => a.ReferralId == referral, ct);
            if (answer is null)
            {
                db.ResidentAnswers.Add(answer = ResidentAnswer.Of(referral));
            }

            var (version, before) = (answer.Version, answer.NeedCodes);
            answer.Say(Companion, Speaks, Needs, clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
            if (answer.Version != version)
            {
                await choosing.Wish(answer, before, ct);
            }
        }
    }

    private RedirectResult After(string token, string done) =>
        Redirect($"{PersonalLinks.Path}/{Uri.EscapeDataString(token)}?klaar={done}{(Language is "en" ? "&taal=en" : "")}");

    private async Task<IActionResult> Show(Guid referral, (string, string)? fault, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        _region = await known.Get(ct);
        (Journey, var conversation) = await choosing.Load(referral, ct);
        var answer = await db.ResidentAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.ReferralId == referral, ct);
        if (answer is not null && (HttpMethods.IsGet(Request.Method) || Request.Form.ContainsKey("said")))
        {
            (Companion, Speaks, Needs) = (answer.Companion, answer.Language, [.. answer.NeedCodes]);
        }

        (Fault, Booked) = (fault, conversation is { Status: not ConversationStatus.Proposed } ? conversation : null);
        MayChange = choosing.MayChange(Journey, conversation);
        Choices = MayChange ? await choosing.Proposals(Journey, conversation, ct) : [];
        return Page();
    }

    // Unknown, ended and revoked: the same page, so that nobody learns which it was.
    private PageResult Gone()
    {
        IsGone = true;
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}

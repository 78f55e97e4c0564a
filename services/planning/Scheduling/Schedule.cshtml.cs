using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Scheduling;

[Authorize(Policy = Web.Registration.Planners)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ScheduleModel(
    PlanningDbContext db, FreeMoments moments, ScheduleConversation schedule, ReferralIntakeClient intake, KnownRegion known, TimeProvider clock) : PageModel
{
    private Region _region = null!;

    [BindProperty]
    public string? Choice { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Done { get; set; }

    public ReferralJourney Journey { get; private set; } = null!;
    public Conversation? Conversation { get; private set; }
    public ResidentContact? Contact { get; private set; }
    public IReadOnlyList<Attachment> Attachments { get; private set; } = [];
    public IReadOnlyList<Candidate> Choices { get; private set; } = [];
    public BindingRule? Binding { get; private set; }
    public int Weeks => moments.Weeks;

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        return await Load(id, ct) ? await Show(ct) : NotFound();
    }

    public async Task<IActionResult> OnPost(Guid id, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        if (IsBookedAsChosen)
        {
            return RedirectToPage(new { id, Done = true }); // the same click twice
        }

        // Among all that are free, not only those on the page: the order may have changed since it was shown.
        var free = (await moments.For(Journey, ct, atMost: int.MaxValue)).Candidates;
        var chosen = free.FirstOrDefault(c => KeyOf(c) == Choice);
        var refusal = Conversation is { Status: not ConversationStatus.Proposed } ? PlannerStep.Changed
            : chosen is null ? ScheduleConversation.Taken
            : await schedule.Book(Journey, Conversation, Version, chosen, User.Who(), ct);
        db.ChangeTracker.Clear();
        await Load(id, ct);
        if (refusal is null || IsBookedAsChosen)
        {
            return RedirectToPage(new { id, Done = true });
        }

        ModelState.AddModelError("", refusal);
        return await Show(ct);
    }

    public string NameOf(Guid professionalId) => _region.Professionals.TryGetValue(professionalId, out var p)
        ? $"{p.Name} ({p.Profession}, {_region.Organisations[p.OrganisationId].Name})"
        : "onbekend";

    public string PlaceOf(Guid locationId) => _region.Locations.TryGetValue(locationId, out var l)
        ? $"{l.Name}, {l.Address}{(l.IsWheelchairAccessible ? " (rolstoeltoegankelijk)" : "")}"
        : "onbekend";

    public bool IsProposal(Candidate c) => Conversation is { } proposed && KeyOf(c) == KeyOf(proposed);

    public static string KeyOf(Candidate c) => $"{c.DuoId:N}@{c.StartsAt.UtcTicks}";

    private static string KeyOf(Conversation c) => $"{c.DuoId:N}@{c.StartsAt.UtcTicks}";

    private bool IsBookedAsChosen => Conversation is { Status: not ConversationStatus.Proposed } booked && KeyOf(booked) == Choice;

    private async Task<bool> Load(Guid id, CancellationToken ct)
    {
        _region = await known.Get(ct);
        if (await db.Journeys.SingleOrDefaultAsync(j => j.ReferralId == id, ct) is not { } journey)
        {
            return false;
        }

        (Journey, Conversation) = (journey, await db.Conversations.SingleOrDefaultAsync(c => c.ReferralId == id, ct));
        return true;
    }

    private async Task<PageResult> Show(CancellationToken ct)
    {
        if (Journey.Stage is Stage.Closed)
        {
            return Page(); // nothing is planned any more: nobody needs to see the resident
        }

        db.Audit.Add(AuditEntry.Of("R", User.Who(), $"Referral/{Journey.ReferralId}", "plan-conversation", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        Contact = await intake.Contact(Journey.ReferralId, ct);
        Attachments = (Contact is null ? null : await intake.Attachments(Journey.ReferralId, ct)) ?? [];
        if (Conversation is null or { Status: ConversationStatus.Proposed })
        {
            var matches = await moments.For(Journey, ct, atMost: int.MaxValue);
            Binding = matches.Binding;
            Choices = [.. matches.Candidates.OrderByDescending(IsProposal).Take(FreeMoments.OnOnePage)];
        }

        return Page();
    }
}

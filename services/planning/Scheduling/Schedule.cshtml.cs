using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Choosing;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Registry.Keeping;
using VGIntegration.Planning.Web;

namespace VGIntegration.Planning.Scheduling;

/// <summary>One referral: who it is about, what happened, and what can be done now. A manager sees it without the resident.</summary>
[Authorize(Policy = Web.Registration.Planners)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed partial class ScheduleModel(
    PlanningDbContext db, FreeMoments moments, ScheduleConversation schedule, WorkOnReferral work, ReferralDetails details, UndoStep undo,
    TimeProvider clock) : PageModel
{
    private Region _region = null!;

    [BindProperty]
    public PlannerInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "show")]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true, Name = "week")]
    public string? Week { get; set; }

    [BindProperty(SupportsGet = true, Name = "done")]
    public string? Done { get; set; }

    public ReferralJourney Journey { get; private set; } = null!;
    public Conversation? Conversation { get; private set; }
    public ResidentContact? Contact { get; private set; }

    /// <summary>What the resident said by the own link, or in the call.</summary>
    public ResidentAnswer? Answer { get; private set; }

    public IReadOnlyList<Attachment> Attachments { get; private set; } = [];
    public IReadOnlyList<Candidate> Free => Matches.Candidates;
    public IReadOnlyDictionary<Guid, IReadOnlyList<Replacement>> Replacements { get; private set; } = new Dictionary<Guid, IReadOnlyList<Replacement>>();
    public WaitingTime Waiting { get; private set; } = WaitingTime.None;
    public UndoableStep? Undoable { get; private set; }
    public Matches Matches { get; private set; } = new([], null);
    public int NormWorkingDays => moments.NormWorkingDays;
    public int Weeks => moments.Weeks;
    public DateTimeOffset Now { get; } = clock.GetUtcNow();
    public IReadOnlyList<string> ClosingReasons => details.ClosingReasons;
    public bool IsPlanner => User.IsInRole("planner");

    /// <summary>What somebody filled in and was refused: the form itself may not be there any more, and no word is lost.</summary>
    public IReadOnlyList<(string What, string Text)> FilledIn =>
    [
        .. string.IsNullOrWhiteSpace(Input.Note) ? [] : new[] { ("Toelichting", Input.Note) },
        .. Input.Missing.Count == 0 ? [] : new[] { ("Vraag aan de huisarts", Dutch.MissingOf(string.Join(' ', Input.Missing))) },
        .. Input.Reason is null ? [] : new[] { ("Reden", Dutch.Closed(Input.Reason)) },
        .. Input.CallBackOn is { } day ? [("Bel terug op", Dutch.DayName(day))] : Array.Empty<(string, string)>(),
        .. ResidentWords.Dutch.CompanionNames.TryGetValue(Input.Companion ?? "", out var companion) ? [("Wie er meekomt", companion)] : Array.Empty<(string, string)>(),
        .. Input.PauseUntil is { } until ? [("Pauze tot", Dutch.DayName(until))] : Array.Empty<(string, string)>(),
    ];

    public bool Can(PlannerAction action) => IsPlanner && Journey.Allowed.Contains(action);

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct) => await Load(id, ct) ? await Shown(ct) : NotFound();

    private async Task<IActionResult> Do(Guid id, string field, Func<Task<string?>> step, CancellationToken ct)
    {
        if (!IsPlanner)
        {
            return Forbid();
        }

        if (!await Load(id, ct))
        {
            return NotFound();
        }

        var refusal = ModelState.IsValid ? await step() : "Een datum of tijd is niet goed ingevuld. Kijk het na en probeer het opnieuw.";
        db.ChangeTracker.Clear();
        await Load(id, ct);
        if (refusal is null)
        {
            return RedirectToPage("", null, new { id, done = field }, null);
        }

        ModelState.Clear(); // what the binder says of it is not Dutch
        ModelState.AddModelError(field, refusal);
        return await Shown(ct);
    }

    private async Task<bool> Load(Guid id, CancellationToken ct)
    {
        _region = await details.Region(ct);
        if (await db.Journeys.SingleOrDefaultAsync(j => j.ReferralId == id, ct) is not { } journey)
        {
            return false;
        }

        (Journey, Conversation) = (journey, await db.Conversations.SingleOrDefaultAsync(c => c.ReferralId == id, ct));
        return true;
    }

    private async Task<PageResult> Shown(CancellationToken ct)
    {
        Input.Version = Journey.Revision;
        Undoable = await undo.Last(Journey.ReferralId, User.Who(), ct) is { } last && last.Revision == Journey.Revision ? last : null;
        Waiting = details.WaitingOf(Journey, Conversation);
        if (Journey.Stage is Stage.Closed || !IsPlanner)
        {
            return Page(); // nothing is planned any more, or not by this person: nobody needs to see the resident
        }

        db.Audit.Add(AuditEntry.Of("R", User.Who(), $"Referral/{Journey.ReferralId}", "plan-conversation", Now));
        await db.SaveChangesAsync(ct);
        Answer = await db.ResidentAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.ReferralId == Journey.ReferralId, ct);
        (Contact, Attachments) = await details.Resident(Journey.ReferralId, ct);
        if (Can(PlannerAction.Book) || (Can(PlannerAction.Move) && Show == "move"))
        {
            Matches = await moments.For(Journey, ct, atMost: int.MaxValue);
        }

        if (Can(PlannerAction.Replace) && Show == "replace" && Conversation is { } booked)
        {
            Replacements = await details.Replacements(booked, ct);
        }

        return Page();
    }

    public string NameOf(Guid professionalId) => _region.Professionals.TryGetValue(professionalId, out var p)
        ? $"{p.Name} ({p.Profession}, {_region.Organisations[p.OrganisationId].Name})"
        : "onbekend";

    /// <summary>A professional or an organisation, for what the resident would rather not.</summary>
    public string WithoutNameOf(Guid id) => _region.Organisations.TryGetValue(id, out var o) ? $"iedereen van {o.Name}" : NameOf(id);

    public IEnumerable<(Guid Id, string Name)> Organisations => _region.Organisations.Values.OrderBy(o => o.Name).Select(o => (o.Id, o.Name));

    public IEnumerable<(Guid Id, string Name)> Professionals => _region.Professionals.Values.OrderBy(p => p.Name).Select(p => (p.Id, NameOf(p.Id)));

    /// <summary>Who is never proposed now, with what is missing: nobody is left out in silence.</summary>
    public IReadOnlyList<(string Duo, string Missing)> NotPlanned
    {
        get
        {
            var day = Dutch.Day(Now).AddDays(1);
            return
            [
                .. from duo in _region.Duos
                   where !(day > duo.Until)
                   let missing = _region.MissingOf(duo, day).Where(m => m.Forbids || m.What is Missing.Moments).ToList()
                   where missing.Count > 0
                   select ($"{_region.Professionals[duo.MentalHealthProfessionalId].Name} en {_region.Professionals[duo.SocialDomainProfessionalId].Name}",
                       string.Join(", ", missing.Select(m => m.ProfessionalId is { } who ? $"{_region.Professionals[who].Name}: {m.What.Text()}" : m.What.Text()))),
            ];
        }
    }

    public string PlaceOf(Guid locationId) => _region.Locations.TryGetValue(locationId, out var l)
        ? $"{l.Name}, {l.Address}{(l.IsWheelchairAccessible ? " (rolstoeltoegankelijk)" : "")}"
        : "onbekend";

    public double? DistanceTo(Guid locationId) => _region.Kilometres(Journey.PostcodeDigits, _region.Locations[locationId]);

    /// <summary>What the two said to the proposal; null when neither said anything.</summary>
    public string? Agreement => Conversation is not { Status: ConversationStatus.Proposed } c ? null
        : (c.MentalHealthAgreedAt, c.SocialDomainAgreedAt) switch
        {
            (null, null) => null,
            (not null, null) => $"{NameOf(c.MentalHealthProfessionalId)} zei ja tegen het voorstel. Er is nog één antwoord nodig, maar u hoeft daar niet op te wachten.",
            (null, not null) => $"{NameOf(c.SocialDomainProfessionalId)} zei ja tegen het voorstel. Er is nog één antwoord nodig, maar u hoeft daar niet op te wachten.",
            _ => "De twee verkenners van het voorstel zeiden allebei ja.",
        };

    public bool IsProposal(Candidate c) => Conversation is { Status: ConversationStatus.Proposed } proposed && KeyOf(c) == KeyOf(proposed);

    public string ViewTo(string? show, string? week = null) =>
        string.Create(CultureInfo.InvariantCulture, $"/planning/referrals/{Journey.ReferralId}?show={show}&week={week}#kiezen");

    public static string KeyOf(Candidate c) => c.Key;

    private static string KeyOf(Conversation c) => Candidate.KeyOf(c.MentalHealthProfessionalId, c.SocialDomainProfessionalId, c.LocationId, c.StartsAt);

    private bool IsBookedAsChosen => Conversation is { Status: not ConversationStatus.Proposed } booked && KeyOf(booked) == Input.Choice;
}

/// <summary>What a planner can fill in on the page of a referral.</summary>
internal sealed class PlannerInput
{
    public int Version { get; set; }
    public string? Choice { get; set; }
    public bool IsReached { get; set; }
    public DateOnly? CallBackOn { get; set; }
    public TimeOnly? CallBackAt { get; set; }
    public string? Companion { get; set; }
    public List<string> Missing { get; set; } = [];
    public DateOnly? PauseUntil { get; set; }
    public string? Reason { get; set; }
    public string? Note { get; set; }
    public string? Replacement { get; set; }
    public string? WishedLanguage { get; set; }
    public bool HasInterpreter { get; set; }
    public bool NeedsAccess { get; set; }
    public WishedPlace Place { get; set; }
    public List<string> NotPossible { get; set; } = [];
    public List<Guid> Without { get; set; } = [];
    public Guid? WithoutAlso { get; set; }
}

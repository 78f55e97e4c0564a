using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Returning;

[Authorize(Policy = "manager")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class DeliveriesModel(FeedbackDbContext db, DeliverySignal signal, TimeProvider clock) : PageModel
{
    internal const int AtOnce = 50;
    private const int Most = 1000;
    private const int AttemptsShown = 20;

    public DeliveriesShown Shown { get; private set; } = DeliveriesShown.Nothing;

    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    /// <summary>Which part is shown: standen, meldingen or alles; letters when none.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Part { get; set; }

    /// <summary>The reference of one referral, as it stands on letters: VG- and six characters.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Count { get; set; } = AtOnce;

    /// <summary>Whether what was typed can be a reference.</summary>
    public bool IsCode => DeliveryWords.CodeIn(Code) is not null;

    public bool IsSearch => !string.IsNullOrWhiteSpace(Code);

    public bool CanShowMore => Shown.Deliveries.Count < Shown.Total && Count < Most;

    /// <summary>Where this page leads, with what is chosen now.</summary>
    public Dictionary<string, string?> Route(string? done = null, int more = 0) =>
        new() { ["part"] = Part, ["code"] = Code, ["count"] = Count + more == AtOnce ? null : $"{Count + more}", ["done"] = done };

    public async Task OnGet(CancellationToken ct)
    {
        Count = Math.Clamp(Count, AtOnce, Most);
        if (IsSearch && !IsCode)
        {
            return;
        }

        var chosen = db.Deliveries.AsNoTracking().Where(DeliveryWords.IsIn(IsSearch ? DeliveryWords.Everything : Part));
        if (DeliveryWords.CodeIn(Code) is { } code)
        {
            chosen = chosen.Where(d => d.ReferralId != null && EF.Functions.Like(d.ReferralId.Value.ToString(), code + "%"));
        }

        var deliveries = new List<Delivery>();
        foreach (var query in InOrder(chosen))
        {
            deliveries.AddRange(await query.Take(Count - deliveries.Count).ToListAsync(ct));
        }

        var ids = deliveries.Where(d => d.Attempts > 0).Select(d => d.Id).ToList();
        var attempts = await db.Attempts.AsNoTracking().Where(a => ids.Contains(a.DeliveryId))
            .Where(a => !db.Deliveries.Any(d => d.Id == a.DeliveryId && a.Number <= d.Attempts - AttemptsShown))
            .OrderByDescending(a => a.Number).ToListAsync(ct);
        Shown = new DeliveriesShown(deliveries, attempts.ToLookup(a => a.DeliveryId), await chosen.CountAsync(ct));
    }

    public async Task<IActionResult> OnPostSendAgain(Guid delivery, CancellationToken ct)
    {
        var parcel = await db.Deliveries.SingleOrDefaultAsync(d => d.Id == delivery, ct);
        if (parcel is null)
        {
            return NotFound();
        }

        return parcel is { State: DeliveryState.Delivered or DeliveryState.NotNeeded, IsLetter: true }
            ? RedirectToPage(Route("delivered"))
            : await SendAgain([parcel], "sent", ct);
    }

    /// <summary>All that one practice did not take, after it put right what was wrong; not what may be there already.</summary>
    public async Task<IActionResult> OnPostSendAllAgain(string? practice, CancellationToken ct)
    {
        if (!Guid.TryParse(practice, out var id))
        {
            return NotFound();
        }

        practice = $"{id}";
        var parcels = await db.Deliveries.Where(d => d.PracticeId == practice && d.State == DeliveryState.Refused)
            .Where(d => d.LastHindrance != Hindrance.CannotTell)
            .Where(d => d.Kind != ParcelKind.TaskUpdate && d.Kind != ParcelKind.Handshake && d.Kind != ParcelKind.Notification).ToListAsync(ct);
        return await SendAgain(parcels, "all-sent", ct);
    }

    private async Task<IActionResult> SendAgain(List<Delivery> parcels, string done, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var parcel in parcels)
        {
            parcel.SendAgain(now);
            db.Audit.Add(AuditEntry.Of(
                "U", User.Who(), parcel.AdviceId is { } advice ? $"Advice/{advice}" : $"Delivery/{parcel.Id}", "send-again", now));
        }

        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return RedirectToPage(Route("changed"));
        }

        signal.Wake();
        return RedirectToPage(Route(done));
    }

    // What asks for a person, then what waits, longest first; then what came last.
    private static IQueryable<Delivery>[] InOrder(IQueryable<Delivery> chosen) =>
    [
        chosen.Where(d => d.State == DeliveryState.Refused).OrderBy(d => d.WaitingSince),
        chosen.Where(d => d.State == DeliveryState.Waiting).OrderBy(d => d.WaitingSince),
        chosen.Where(d => d.State == DeliveryState.Delivered || d.State == DeliveryState.NotNeeded).OrderByDescending(d => d.NextAttemptAt),
    ];
}

/// <summary>What the page shows: the parcels in their order, the last attempts of each, and how many there are in all.</summary>
internal sealed record DeliveriesShown(IReadOnlyList<Delivery> Deliveries, ILookup<Guid, DeliveryAttempt> Attempts, int Total)
{
    public static DeliveriesShown Nothing { get; } = new([], Array.Empty<DeliveryAttempt>().ToLookup(a => a.DeliveryId), 0);

    public IEnumerable<(string Heading, IReadOnlyList<Delivery> Deliveries)> Groups => new (string Heading, IReadOnlyList<Delivery> Deliveries)[]
    {
        ("Vraagt om u", Of(DeliveryState.Refused)),
        ("Onderweg", Of(DeliveryState.Waiting)),
        ("Klaar", Of(DeliveryState.Delivered, DeliveryState.NotNeeded)),
    }.Where(g => g.Deliveries.Count > 0);

    /// <summary>Practices that did not take several letters: these can go again together.</summary>
    public IReadOnlyList<(string Id, string Name, int Letters)> RefusedTogether =>
    [
        .. Of(DeliveryState.Refused).Where(d => d is { IsLetter: true, PracticeId: not null, LastHindrance: not Hindrance.CannotTell })
            .GroupBy(d => d.PracticeId!).Where(g => g.Count() > 1).Select(g => (g.Key, g.Last().PracticeName ?? "Praktijk zonder naam", g.Count())),
    ];

    private List<Delivery> Of(params DeliveryState[] states) => [.. Deliveries.Where(d => states.Contains(d.State))];
}

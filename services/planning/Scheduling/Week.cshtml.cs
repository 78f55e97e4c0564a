using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Web;

namespace VGIntegration.Planning.Scheduling;

/// <summary>One week of all duos: each fixed moment, what of it is booked and what is free.</summary>
[Authorize(Policy = Web.Registration.Planners)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class WeekModel(PlanningDbContext db, KnownRegion known, TimeProvider clock) : PageModel
{
    private Region _region = null!;

    [BindProperty(SupportsGet = true, Name = "from")]
    public string? From { get; set; }

    public IReadOnlyList<DateOnly> Days { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Count => Slots.Count();
    public int FreeCount => Slots.Count(s => s is { IsTaken: false, IsPast: false });

    public string? HolidayOn(DateOnly day) => _region.Calendar.Holiday(day);

    public async Task OnGet(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var monday = Choices.Monday(DateOnly.TryParseExact(From, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is > 2000 and < 2200 ? day : Dutch.Day(now));
        var (from, until) = (Dutch.At(monday, default), Dutch.At(monday.AddDays(7), default));
        var planned = await db.Conversations.AsNoTracking().Where(c => c.StartsAt >= from && c.StartsAt < until).ToListAsync(ct);
        var region = _region = await known.Get(ct);
        Days = [.. Enumerable.Range(0, 7).Select(monday.AddDays).Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) || region.MomentsOn[d.DayOfWeek].Any())];
        Rows =
        [
            .. region.Duos.Select(duo => new Row(
                    $"{region.Professionals[duo.MentalHealthProfessionalId].Name} en {region.Professionals[duo.SocialDomainProfessionalId].Name}",
                    [.. from day in Days
                        from moment in region.MomentsOf[duo.Id].Where(m => region.IsHeld(duo, m, day)).OrderBy(m => m.From)
                        select new HalfDay(day, region.Locations[moment.LocationId].Name,
                            [.. Matcher.Starts(moment, day).Select(start => SlotOf(duo, start, planned, now))])]))
                .Where(row => row.HalfDays.Count > 0).OrderBy(row => row.Duo),
        ];
    }

    public string To(int days) => $"/planning/week?from={Days[0].AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";

    private IEnumerable<Slot> Slots => Rows.SelectMany(r => r.HalfDays).SelectMany(h => h.Slots);

    private static Slot SlotOf(Duo duo, DateTimeOffset start, List<Conversation> planned, DateTimeOffset now)
    {
        var own = planned.Find(c => c.StartsAt == start && c.IsOf(duo.MentalHealthProfessionalId) && c.IsOf(duo.SocialDomainProfessionalId));
        var isTaken = own is not null || planned.Exists(c => c.StartsAt < start + Matcher.Slot && start < c.FreeAt
            && (c.IsOf(duo.MentalHealthProfessionalId) || c.IsOf(duo.SocialDomainProfessionalId)));
        return new Slot(start, own?.ReferralId, own?.Status is ConversationStatus.Proposed, isTaken, start <= now);
    }

    internal sealed record Row(string Duo, IReadOnlyList<HalfDay> HalfDays);

    internal sealed record HalfDay(DateOnly Day, string Place, IReadOnlyList<Slot> Slots);

    internal sealed record Slot(DateTimeOffset StartsAt, Guid? Referral, bool IsProposal, bool IsTaken, bool IsPast);
}

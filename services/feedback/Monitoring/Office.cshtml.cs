using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Monitoring;

/// <summary>The office's list of conversations without a form, what the forms of a year say together, and the exports.</summary>
[Authorize(Policy = "manager")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class OfficeModel(FeedbackDbContext db, MonitoringForms forms, TimeProvider clock) : PageModel
{
    internal const int Shown = 200;
    private const int Lessons = 20;

    private static readonly CultureInfo Netherlands = CultureInfo.GetCultureInfo("nl-NL");

    public DateOnly Today { get; private set; }
    public int OpenTotal { get; private set; }
    public IReadOnlyList<(Advice Advice, MonitoringForm? Form)> Open { get; private set; } = [];
    public MonitoringFigures Figures { get; private set; } = null!;

    /// <summary>What duos learned, the newest first, without a code: no conversation belongs to it.</summary>
    public IReadOnlyList<string> Learned { get; private set; } = [];

    public async Task OnGet(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Today = now.LocalDay();
        var open = MonitoringForms.Open(db);
        OpenTotal = await open.CountAsync(ct);
        var advices = await open.OrderBy(a => a.StartsAt).Take(Shown).ToListAsync(ct);
        var begun = await forms.Of(advices, ct);
        Open = [.. advices.Select(a => (a, begun.GetValueOrDefault(a.ConversationId)))];

        var (since, from) = (now.AddYears(-1), Today.AddYears(-1));
        var sent = await db.MonitoringForms.AsNoTracking().Where(f => f.SentAt != null && f.ConversationOn >= from).ToListAsync(ct);
        Figures = MonitoringFigures.Of(await db.Advices.CountAsync(a => a.StartsAt >= since, ct), sent);
        Learned = [.. sent.Where(f => f.Duo.Learned.Length > 0).OrderByDescending(f => f.Position).Take(Lessons).Select(f => f.Duo.Learned)];
        db.Audit.Add(AuditEntry.Of("R", User.Who(), "MonitoringForm", "monitoring-office", now));
        await db.SaveChangesAsync(ct);
    }

    internal static string Average(double? value) => value?.ToString("0.0", Netherlands) ?? "nog geen";

    internal static string Share(int part, int whole) => whole == 0 ? "nog geen" : $"{part} van {whole} ({(100.0 * part / whole).ToString("0", Netherlands)}%)";

    internal string Since(Advice advice) => (Today.DayNumber - advice.StartsAt.LocalDay().DayNumber) switch
    {
        <= 0 => "vandaag",
        1 => "gisteren",
        var days => $"{days} dagen geleden",
    };

    /// <summary>What is still to come, and of whom.</summary>
    internal static string Waits(Advice advice, MonitoringForm? form)
    {
        IReadOnlyList<Missing> missing = form?.Missing ?? Enum.GetValues<Missing>();
        List<string> of =
        [
            .. missing.Contains(Missing.ResidentTurn) ? new[] { "de inwoner" } : [],
            .. missing.Any(m => m is Missing.Place or Missing.Setting or Missing.NextSteps) ? new[] { "het duo samen" } : [],
            .. missing.Contains(Missing.MentalHealthExperience) ? new[] { advice.MentalHealth.Login } : [],
            .. missing.Contains(Missing.SocialDomainExperience) ? new[] { advice.SocialDomain.Login } : [],
        ];
        return of.Count == 0 ? "alleen nog het versturen" : string.Join(", ", of);
    }
}

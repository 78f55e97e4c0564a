using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Researching;

/// <summary>Who takes part, which questionnaires are due, what is paid, and the hand-over to the researcher; no names.</summary>
[Authorize(Policy = "manager")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ParticipantsModel(FeedbackDbContext db, HandOver handOver, Researcher researcher, ResearchRules rules, TimeProvider clock) : PageModel
{
    public const int Shown = 500;

    public IReadOnlyList<ResearchParticipation> Asked { get; private set; } = [];
    public DateOnly Today { get; private set; }
    public int Refused { get; private set; }
    public int Total { get; private set; }
    public (int Done, int Paid) Count { get; private set; }
    public int Euros => rules.Euros;
    public Researcher Researcher => researcher;
    public bool MayHandOver => researcher.IsValidAt(clock.GetUtcNow());
    public string? Fault { get; private set; }

    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    public async Task OnGet(CancellationToken ct)
    {
        db.Audit.Add(AuditEntry.Of("R", User.Who(), "Research", "participants", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        await Load(ct);
    }

    public async Task<IActionResult> OnPostRecord(Guid participation, ResearchMoment moment, bool done, bool paid, int version, CancellationToken ct)
    {
        if (await Find(participation, ct) is not { } one)
        {
            return NotFound();
        }

        if (version != one.Version || one.Questionnaires.SingleOrDefault(q => q.Moment == moment) is not { } questionnaire)
        {
            return await Overtaken(ct);
        }

        var today = clock.GetUtcNow().LocalDay();
        one.Record(moment, done ? questionnaire.DoneOn ?? today : null, paid ? questionnaire.PaidOn ?? today : null);
        return await Save(one, "record-questionnaire", ct);
    }

    public async Task<IActionResult> OnPostWithdraw(Guid participation, CancellationToken ct)
    {
        if (await Find(participation, ct) is not { } one)
        {
            return NotFound();
        }

        one.Withdraw(clock.GetUtcNow());
        return await Save(one, "research-withdrawn", ct);
    }

    public async Task<IActionResult> OnPostHandOver(CancellationToken ct)
    {
        if (!MayHandOver)
        {
            return RedirectToPage();
        }

        try
        {
            var file = await handOver.Run(User.Who(), ct);
            return File(file, "application/pkcs7-mime", $"onderzoek-{clock.GetUtcNow().LocalDay():yyyy-MM-dd}.p7m");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            Fault = "De gegevens zijn nu niet op te halen. Er is niets overgedragen. Probeer het straks opnieuw.";
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            Fault = "Er is net iets veranderd bij een deelnemer. Er is niets overgedragen. Probeer het opnieuw.";
        }

        await Load(ct);
        return Page();
    }

    private Task<ResearchParticipation?> Find(Guid id, CancellationToken ct) => db.Research.SingleOrDefaultAsync(r => r.Id == id, ct);

    private async Task<IActionResult> Save(ResearchParticipation one, string why, CancellationToken ct)
    {
        db.Audit.Add(AuditEntry.Of("U", User.Who(), $"Research/{one.Id}", why, clock.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return await Overtaken(ct);
        }

        return RedirectToPage(new { done = "saved" });
    }

    private async Task<IActionResult> Overtaken(CancellationToken ct)
    {
        Fault = "Iemand anders heeft dit net veranderd. Hieronder staat hoe het nu is.";
        await Load(ct);
        return Page();
    }

    private async Task Load(CancellationToken ct)
    {
        Today = clock.GetUtcNow().LocalDay();
        var all = await db.Research.AsNoTracking().ToListAsync(ct);
        Refused = all.Count(r => !r.IsWilling);
        var questionnaires = all.SelectMany(r => r.Questionnaires).ToList();
        Count = (questionnaires.Count(q => q.DoneOn is not null), questionnaires.Count(q => q.PaidOn is not null));
        var willing = all.Where(r => r.IsWilling).ToList();
        Total = willing.Count;
        Asked = [.. willing.OrderByDescending(r => r.Due(Today).Any()).ThenByDescending(r => r.TakesPart).ThenByDescending(r => r.ConversationOn).Take(Shown)];
    }
}

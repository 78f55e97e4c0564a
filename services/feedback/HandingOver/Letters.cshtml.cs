using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.HandingOver;

/// <summary>The letters for practices that no computer can reach, per practice: a person takes them there and says so.</summary>
[Authorize(Policy = "manager")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class LettersModel(FeedbackDbContext db, HandOverLetter hand, IOptions<ReturnSettings> settings) : PageModel
{
    private const int Shown = 200;

    public ILookup<string, Line> Waiting { get; private set; } = null!;
    public IReadOnlyList<Line> Done { get; private set; } = [];

    [BindProperty(SupportsGet = true, Name = "done")]
    public string? What { get; set; }

    public string? MailOf(Delivery letter) => settings.Value.MailAddressOf(letter.PracticeId);

    public async Task OnGet(CancellationToken ct)
    {
        var waiting = await HandOverLetter.ByPerson(db.Deliveries.AsNoTracking()).OrderBy(d => d.WaitingSince).Take(Shown).ToListAsync(ct);
        var ids = waiting.Select(d => d.Id).ToList();
        var mailed = await db.LetterHandOvers.AsNoTracking().Where(h => ids.Contains(h.DeliveryId)).ToDictionaryAsync(h => h.DeliveryId, ct);
        Waiting = waiting.ToLookup(d => d.PracticeName ?? "Praktijk nog niet bekend", d => new Line(d, mailed.GetValueOrDefault(d.Id)));
        var done = await db.LetterHandOvers.AsNoTracking().Where(h => h.HandedOverAt != null).OrderByDescending(h => h.HandedOverAt).Take(Shown).ToListAsync(ct);
        ids = [.. done.Select(h => h.DeliveryId)];
        var letters = await db.Deliveries.AsNoTracking().Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, ct);
        Done = [.. done.Select(h => new Line(letters[h.DeliveryId], h))];
    }

    public async Task<IActionResult> OnPostMail(Guid letter, CancellationToken ct)
    {
        if (await hand.Find(letter, ct) is not { } delivery || MailOf(delivery) is not { } address)
        {
            return RedirectToPage(new { done = "gone" });
        }

        return RedirectToPage(new
        {
            done = await hand.Mail(delivery, address, User.Who(), ct) switch
            {
                Mailing.Sent => "mailed",
                Mailing.JustBefore => "just-mailed",
                Mailing.Gone => "gone",
                _ => "not-mailed",
            },
        });
    }

    public async Task<IActionResult> OnPostHandedOver(Guid letter, CancellationToken ct) =>
        RedirectToPage(new { done = await hand.Find(letter, ct) is not { } delivery ? "gone" : await hand.Done(delivery, User.Who(), ct) ? "handed-over" : "not-printed" });

    internal sealed record Line(Delivery Letter, LetterHandOver? Hand);
}

internal static class DownloadLetter
{
    public static void MapDownloadLetter(this IEndpointRouteBuilder app) =>
        app.MapGet("/feedback/letters/{id:guid}/letter.pdf", Handle).RequireAuthorization("manager");

    private static async Task<IResult> Handle(
        Guid id, HttpContext http, FeedbackDbContext db, HandOverLetter hand, PrintForPerson print, TimeProvider clock)
    {
        var ct = http.RequestAborted;
        if (await hand.Find(id, ct) is not { } letter)
        {
            return Results.NotFound();
        }

        if (await print.Pdf(letter, ct) is not { } pdf)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        if (!await hand.IsWithPerson(letter, ct))
        {
            return Results.NotFound();
        }

        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), $"Letter/{id}", "download-letter", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = "attachment; filename=brief.pdf";
        return Results.File(pdf, "application/pdf");
    }
}

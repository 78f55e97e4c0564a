using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Advising;

/// <summary>
/// Saves one part while it is typed, and tells an open page what the other one wrote. Only for the script of the page: without
/// it the button saves. A part that both touched is never overwritten: the answer is 409 with what is saved.
/// </summary>
internal static class SavePart
{
    private const int Attempts = 8;

    public static void MapSavePart(this IEndpointRouteBuilder app)
    {
        var parts = app.MapGroup("/feedback/advices/{id:guid}/parts").RequireAuthorization("professional");
        parts.MapGet("", Read);
        parts.MapPost("{part}", Save).DisableAntiforgery(); // asked for by hand below, so that the page reads a plain 400
    }

    private static async Task<IResult> Read(Guid id, HttpContext http, FeedbackDbContext db)
    {
        var advice = await db.Advices.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return advice?.IsWrittenBy(http.User.Who()) is not true ? Results.NotFound() : Results.Json(new
        {
            isMarked = advice.HasMarks || advice.IsFinal,
            parts = AdvicePartWords.All.ToDictionary(p => p.ToString(), p => Now(advice, p)),
        });
    }

    private static async Task<IResult> Save(
        Guid id, AdvicePart part, [FromForm] string? text, [FromForm(Name = "base")] string? startedFrom,
        HttpContext http, FeedbackDbContext db, IAntiforgery forms, TimeProvider clock)
    {
        var ct = http.RequestAborted;
        var typed = AdviceText.Clean(text);
        if (!await forms.IsRequestValidAsync(http) || !Enum.IsDefined(part))
        {
            return Results.BadRequest();
        }

        if (typed.Length > AdviceText.Longest)
        {
            return Results.Json(new { fault = "Deze tekst is te lang. Maak er minder dan 20.000 tekens van." }, statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        for (var attempt = 1; ; attempt++)
        {
            var advice = await db.Advices.SingleOrDefaultAsync(a => a.Id == id, ct);
            if (advice?.IsWrittenBy(http.User.Who()) is not true)
            {
                return Results.NotFound();
            }

            var merged = AdviceForm.Merge(advice.Text[part], typed, startedFrom);
            if (merged is null || ((advice.HasMarks || advice.IsFinal) && merged != advice.Text[part]))
            {
                return Results.Json(Now(advice, part), statusCode: StatusCodes.Status409Conflict);
            }

            if (merged == advice.Text[part])
            {
                return Results.Json(Now(advice, part));
            }

            BeginAdvice.Write(db, advice, advice.Text.With(part, merged), (advice.Proposed, advice.ContactId), clock.GetUtcNow());
            db.Audit.Add(AuditEntry.Of("U", http.User.Who(), $"Advice/{id}", "write-advice", clock.GetUtcNow()));
            try
            {
                await db.SaveChangesAsync(ct);
                return Results.Json(Now(advice, part));
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                db.ChangeTracker.Clear(); // another part was saved at this moment
            }
        }
    }

    private static object Now(Advice advice, AdvicePart part) => new
    {
        text = advice.Text[part],
        @base = AdviceText.SignOf(advice.Text[part]),
        help = ReadingHelp.For(advice.Text[part]),
        isMarked = advice.HasMarks || advice.IsFinal,
    };
}

using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Reading;

/// <summary>Writes down what the resident says of the advice, on a professional's screen or through the personal link.</summary>
internal sealed class RecordAnswer(FeedbackDbContext db, FinishAdvice finish, DeliverySignal signal, TimeProvider clock)
{
    private const string Changed = "Het advies is net veranderd. Lees het nog eens en kies dan opnieuw.";

    private const int Attempts = 5;

    /// <summary>Whether it is saved; if not, the faults say why and nothing is.</summary>
    /// <param name="who">The professional's log-in, or <see cref="ResidentMark.ByLink"/>.</param>
    public Task<bool> Run(Advice advice, AnswerForm form, string who, ModelStateDictionary faults, CancellationToken ct) => Save(advice, now =>
    {
        faults.Clear();
        form.Faults().ToList().ForEach(f => faults.AddModelError(f.Field, f.Text));
        if (faults.IsValid && (now.IsFinal || form.Version != now.Version))
        {
            faults.AddModelError("", Changed);
        }

        if (faults.IsValid && IsUnfinished(now, form.SharesWithGp))
        {
            faults.AddModelError("", "Het advies is nog niet klaar. De verkenners schrijven eerst verder.");
        }

        if (faults.IsValid)
        {
            now.Answer(form.Mark(who), clock.GetUtcNow());
        }

        return faults.IsValid;
    }, (who, "resident-answer"), faults, ct);

    /// <summary>The resident thinks otherwise about the huisarts reading it: at once effective, before the end and after it.</summary>
    public async Task<bool> Share(Advice advice, bool? shares, string who, ModelStateDictionary faults, CancellationToken ct)
    {
        faults.Clear();
        if (shares is not { } isShared)
        {
            faults.AddModelError("", "Kies of de huisarts het advies mag lezen.");
            return false;
        }

        await db.Entry(advice).Collection(a => a.Editions).LoadAsync(ct);
        return await Save(advice, now =>
        {
            if (isShared && IsUnfinished(now, true))
            {
                faults.AddModelError("", "Er is geen advies om te delen. Bel de verkenner.");
                return false;
            }

            now.ChangeSharing(isShared, who, clock.GetUtcNow());
            return true;
        }, (who, isShared ? "share-with-gp" : "stop-sharing-with-gp"), faults, ct);
    }

    private static bool IsUnfinished(Advice advice, bool? shares) =>
        (shares is not false && (advice.Text.IsEmpty || advice.ContactId is null)) || advice.Proposed is { IsAsked: true, Reason.Length: 0 };

    private async Task<bool> Save(
        Advice advice, Func<Advice, bool> change, (string Who, string Why) audit, ModelStateDictionary faults, CancellationToken ct)
    {
        for (var attempt = 1; change(advice); attempt++)
        {
            await finish.Run(advice, ct);
            db.Audit.Add(AuditEntry.Of("U", audit.Who, $"Advice/{advice.Id}", audit.Why, clock.GetUtcNow()));
            try
            {
                await db.SaveChangesAsync(ct);
                signal.Wake();
                return true;
            }
            catch (DbUpdateConcurrencyException) // its letter was just on its way, or somebody was first: look anew
            {
                var id = advice.Id;
                db.ChangeTracker.Clear();
                if (attempt == Attempts)
                {
                    faults.AddModelError("", Changed);
                    return false;
                }

                advice = await db.Advices.Include(a => a.Editions).SingleAsync(a => a.Id == id, ct);
            }
        }

        return false;
    }
}

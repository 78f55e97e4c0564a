using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Scheduling;

/// <summary>One step of a person with a referral: change, messages, audit and undo in one save; a refusal is an answer.</summary>
internal sealed class PlannerStep(PlanningDbContext db, UndoStep undo, TimeProvider clock)
{
    internal const string Changed = "Deze verwijzing is net door een ander veranderd. Hieronder staat hoe het nu is. Wat u invulde, staat er nog.";

    /// <summary>Null when it is done; else why not, for the person at the page.</summary>
    internal async Task<string?> Do(
        ReferralJourney journey, int seen, PlannerAction what, string by, Func<DateTimeOffset, Task> step, CancellationToken ct, bool canUndo = true)
    {
        if (journey.Revision != seen)
        {
            return Changed;
        }

        var now = clock.GetUtcNow();
        try
        {
            await step(now);
            db.Audit.Add(AuditEntry.Of("U", by, $"Referral/{journey.ReferralId}", Why(what), now));
            if (canUndo)
            {
                await undo.Keep(journey, what, by, now, ct);
            }

            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (RuleBrokenException e)
        {
            return await IsChanged(journey.ReferralId, seen, ct) ? Changed : e.Message; // what was read may be older than what was done
        }
        catch (DbUpdateConcurrencyException)
        {
            return Changed;
        }
        catch (MomentTakenException)
        {
            return await IsChanged(journey.ReferralId, seen, ct) ? Changed : ScheduleConversation.Taken;
        }
        catch (DbUpdateException e) when (e.IsRefusal())
        {
            return await IsChanged(journey.ReferralId, seen, ct) ? Changed : ScheduleConversation.Taken;
        }
    }

    private async Task<bool> IsChanged(Guid referralId, int seen, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        return await db.Journeys.Where(j => j.ReferralId == referralId).Select(j => j.Revision).SingleAsync(ct) != seen;
    }

    private static string Why(PlannerAction what) => what switch
    {
        PlannerAction.Take => "take-referral",
        PlannerAction.Call => "call-resident",
        PlannerAction.AskInformation => "ask-information",
        PlannerAction.Book => "book-conversation",
        PlannerAction.Move => "move-conversation",
        PlannerAction.Replace => "replace-professional",
        PlannerAction.Wish => "record-wishes",
        PlannerAction.Miss => "record-no-show",
        PlannerAction.Withdraw => "resident-withdraws",
        PlannerAction.Close => "close-referral",
        PlannerAction.Pause => "pause-referral",
        PlannerAction.Resume => "resume-referral",
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };
}

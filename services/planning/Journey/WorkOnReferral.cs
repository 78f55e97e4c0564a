using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Choosing;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Journey;

/// <summary>
/// What a planner does with a referral besides booking. Each gives null when it is done, or why not. The planner's own words
/// stay here; the messages carry codes.
/// </summary>
internal sealed class WorkOnReferral(PlanningDbContext db, FreeMoments moments, PlannerStep steps, PlannerRules rules)
{
    internal Task<string?> Take(ReferralJourney journey, int seen, string by, CancellationToken ct) =>
        steps.Do(journey, seen, PlannerAction.Take, by, now =>
        {
            journey.Start(by, now);
            db.PublishOnSave(new PlanningStarted { ReferralId = journey.ReferralId, Sequence = journey.NextSequence(), OccurredAt = now });
            return Task.CompletedTask;
        }, ct);

    /// <summary>Who comes along is asked in the call; null when it was not, and then what is known stays.</summary>
    internal Task<string?> Call(
        ReferralJourney journey, int seen, bool isReached, DateTimeOffset? callBackAt, string? companion, string by, CancellationToken ct) =>
        steps.Do(journey, seen, PlannerAction.Call, by, async now =>
        {
            journey.Called(isReached, callBackAt, by, now);
            if (companion is not null)
            {
                await Comes(journey.ReferralId, companion, now, ct);
            }

            db.PublishOnSave(new ResidentCalled
            {
                ReferralId = journey.ReferralId,
                Sequence = journey.NextSequence(),
                OccurredAt = now,
                IsReached = isReached,
                CallBackAt = callBackAt,
            });
        }, ct);

    internal Task<string?> Ask(ReferralJourney journey, int seen, IReadOnlyList<string> missing, string by, CancellationToken ct) =>
        steps.Do(journey, seen, PlannerAction.AskInformation, by, now =>
        {
            journey.Ask(missing, by, now);
            db.PublishOnSave(new InformationRequested
            {
                ReferralId = journey.ReferralId,
                Sequence = journey.NextSequence(),
                OccurredAt = now,
                Missing = missing,
            });
            return Task.CompletedTask;
        }, ct);

    /// <summary>What the resident wants; a referral that is not booked yet is matched again. By hand it is as easily taken back.</summary>
    internal Task<string?> Wish(ReferralJourney journey, int seen, ResidentWishes said, string by, CancellationToken ct) =>
        steps.Do(journey, seen, PlannerAction.Wish, by, async now =>
        {
            if (journey.Wish(said, by, now) && journey.PausedAt is null && ReferralJourney.Allows(journey.Stage, Step.AssignmentProposed))
            {
                var proposed = await db.Conversations.SingleOrDefaultAsync(c => c.ReferralId == journey.ReferralId, ct);
                await moments.ProposeBest(journey, proposed, ct);
            }
        }, ct, canUndo: false);

    internal Task<string?> Pause(ReferralJourney journey, int seen, DateTimeOffset? until, string? note, string by, CancellationToken ct) =>
        steps.Do(journey, seen, PlannerAction.Pause, by, async now =>
        {
            journey.PauseUntil(until, note, by, now);
            await Free(journey, MissedBecause.Closed, now, ct);
            db.PublishOnSave(new PlanningPaused { ReferralId = journey.ReferralId, Sequence = journey.NextSequence(), OccurredAt = now, Until = until });
        }, ct);

    internal Task<string?> Resume(ReferralJourney journey, int seen, string by, CancellationToken ct) =>
        steps.Do(journey, seen, PlannerAction.Resume, by, async now =>
        {
            journey.Continue(by, now);
            db.PublishOnSave(new PlanningResumed { ReferralId = journey.ReferralId, Sequence = journey.NextSequence(), OccurredAt = now });
            await moments.ProposeBest(journey, null, ct);
        }, ct);

    /// <summary>The resident does not want the conversation; what was booked is free for others.</summary>
    internal Task<string?> Withdraw(ReferralJourney journey, int seen, string? note, string by, CancellationToken ct, bool canUndo = true) =>
        steps.Do(journey, seen, PlannerAction.Withdraw, by, async now =>
        {
            journey.ResidentWithdrew(note, by, now);
            await Free(journey, MissedBecause.ResidentWithdrew, now, ct);
            db.PublishOnSave(new ResidentWithdrew { ReferralId = journey.ReferralId, Sequence = journey.NextSequence(), OccurredAt = now });
            db.PublishOnSave(Closed(journey, now));
        }, ct, canUndo);

    internal Task<string?> Close(ReferralJourney journey, int seen, string reason, string? note, string by, CancellationToken ct) =>
        steps.Do(journey, seen, PlannerAction.Close, by, async now =>
        {
            journey.Close(reason, note, rules, by, now);
            await Free(journey, MissedBecause.Closed, now, ct);
            db.PublishOnSave(Closed(journey, now));
        }, ct);

    /// <summary>The resident did not come; another conversation can be booked.</summary>
    internal Task<string?> Miss(
        ReferralJourney journey, Conversation booked, int seen, bool mayBeEarly, string by, CancellationToken ct, bool canUndo = true) =>
        steps.Do(journey, seen, PlannerAction.Miss, by, now =>
        {
            db.MissedConversations.Add(booked.Miss(now, mayBeEarly));
            db.Conversations.Remove(booked);
            journey.Missed(by, now);
            db.PublishOnSave(new ConversationNotHeld
            {
                ReferralId = journey.ReferralId,
                Sequence = journey.NextSequence(),
                OccurredAt = now,
                ConversationId = booked.Id,
                StartsAt = booked.StartsAt,
            });
            return Task.CompletedTask;
        }, ct, canUndo);

    private async Task Comes(Guid referralId, string companion, DateTimeOffset now, CancellationToken ct)
    {
        var answer = await db.ResidentAnswers.SingleOrDefaultAsync(a => a.ReferralId == referralId, ct);
        if (answer is null)
        {
            db.ResidentAnswers.Add(answer = ResidentAnswer.Of(referralId));
        }

        answer.Comes(companion, now);
    }

    private async Task Free(ReferralJourney journey, MissedBecause because, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Conversations.SingleOrDefaultAsync(c => c.ReferralId == journey.ReferralId, ct) is { } planned)
        {
            Free(db, planned, because, now);
        }
    }

    /// <summary>The moment is free for others; that it was booked is kept.</summary>
    internal static void Free(PlanningDbContext db, Conversation planned, MissedBecause because, DateTimeOffset now)
    {
        db.Conversations.Remove(planned);
        if (planned.Status is ConversationStatus.Scheduled)
        {
            db.MissedConversations.Add(MissedConversation.Of(planned, because, now));
        }
    }

    private static ReferralClosed Closed(ReferralJourney journey, DateTimeOffset now) => new()
    {
        ReferralId = journey.ReferralId,
        Sequence = journey.NextSequence(),
        OccurredAt = now,
        Reason = journey.ClosedBecause!,
    };
}

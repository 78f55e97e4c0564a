using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Choosing;

/// <summary>How an attempt of the resident ended.</summary>
internal enum Outcome
{
    Done,
    Taken,
    Changed,
    NotNow,
}

/// <summary>The resident chooses, moves or cancels, by the same road as the planner, with the database as judge. There is no undo.</summary>
internal sealed class ChooseMoment(
    PlanningDbContext db, FreeMoments moments, ScheduleConversation schedule, WorkOnReferral work, TimeProvider clock)
{
    /// <summary>In the audit and the history: who, without a name.</summary>
    internal const string Resident = "inwoner";

    private const int AtMost = 3;

    internal static string KeyOf(Candidate c) => c.Key;

    internal static string KeyOf(Conversation c) => Candidate.KeyOf(c.MentalHealthProfessionalId, c.SocialDomainProfessionalId, c.LocationId, c.StartsAt);

    /// <summary>The planner's proposal first, and the best on other days.</summary>
    internal async Task<IReadOnlyList<Candidate>> Proposals(ReferralJourney journey, Conversation? now, CancellationToken ct)
    {
        var free = (await moments.For(journey, ct, atMost: int.MaxValue)).Candidates;
        var proposed = now is { Status: ConversationStatus.Proposed } ? free.FirstOrDefault(c => KeyOf(c) == KeyOf(now)) : null;
        var others = free.Where(c => c.StartsAt != proposed?.StartsAt && !(now is { Status: ConversationStatus.Scheduled } && KeyOf(c) == KeyOf(now)))
            .DistinctBy(c => c.StartsAt.UtcDateTime.Date).Where(c => c.StartsAt.UtcDateTime.Date != proposed?.StartsAt.UtcDateTime.Date);
        return [.. new[] { proposed }.OfType<Candidate>().Concat(others).Take(AtMost)];
    }

    internal async Task<Outcome> Choose(Guid referralId, string choice, CancellationToken ct)
    {
        var (journey, conversation) = await Load(referralId, ct);
        if (conversation is { Status: ConversationStatus.Scheduled } && KeyOf(conversation) == choice)
        {
            return Outcome.Done; // the same click twice
        }

        if (!MayChange(journey, conversation))
        {
            return Outcome.NotNow;
        }

        var free = (await moments.For(journey, ct, atMost: int.MaxValue)).Candidates;
        if (free.FirstOrDefault(c => KeyOf(c) == choice) is not { } chosen)
        {
            return Outcome.Taken;
        }

        var refusal = conversation is { Status: ConversationStatus.Scheduled }
            ? await schedule.Move(journey, conversation, journey.Revision, chosen, Resident, ct, canUndo: false)
            : await schedule.Book(journey, conversation, journey.Revision, chosen, Resident, ct, canUndo: false);
        return Read(refusal);
    }

    /// <summary>What the resident says here counts at once for matching; what only the planner knows stays.</summary>
    internal async Task Wish(ResidentAnswer answer, IReadOnlyList<string> neededBefore, CancellationToken ct)
    {
        bool Is(bool known, params string[] needs) => needs.Any(answer.NeedCodes.Contains) || (known && !needs.Any(neededBefore.Contains));

        string? refusal = PlannerStep.Changed;
        for (var attempt = 0; attempt < 3 && refusal == PlannerStep.Changed; attempt++) // a planner may be at work on it too
        {
            db.ChangeTracker.Clear();
            var (journey, _) = await Load(answer.ReferralId, ct);
            var said = journey.Wishes.Said;
            var says = said with
            {
                Language = answer.Language ?? said.Language,
                HasInterpreter = Is(said.HasInterpreter, "interpreter"),
                NeedsAccess = Is(said.NeedsAccess, "wheelchair", "no-stairs"),
            };
            refusal = says == said || !journey.Allowed.Contains(PlannerAction.Wish) ? null : await work.Wish(journey, journey.Revision, says, Resident, ct);
        }
    }

    internal async Task<Outcome> Cancel(Guid referralId, CancellationToken ct)
    {
        var (journey, conversation) = await Load(referralId, ct);
        if (journey is { Stage: Stage.Closed })
        {
            return Outcome.Done;
        }

        return MayChange(journey, conversation) && journey.Allowed.Contains(PlannerAction.Withdraw)
            ? Read(await work.Withdraw(journey, journey.Revision, null, Resident, ct, canUndo: false))
            : Outcome.NotNow;
    }

    /// <summary>While it is not about to begin, and nobody put it on hold.</summary>
    internal bool MayChange(ReferralJourney journey, Conversation? conversation) => conversation switch
    {
        { Status: ConversationStatus.Held } => false,
        { Status: ConversationStatus.Scheduled } => journey.Allowed.Contains(PlannerAction.Move) && conversation.StartsAt > clock.GetUtcNow().AddHours(1),
        _ => journey.Allowed.Contains(PlannerAction.Book),
    };

    internal async Task<(ReferralJourney Journey, Conversation? Conversation)> Load(Guid referralId, CancellationToken ct) => (
        await db.Journeys.SingleAsync(j => j.ReferralId == referralId, ct),
        await db.Conversations.SingleOrDefaultAsync(c => c.ReferralId == referralId, ct));

    private static Outcome Read(string? refusal) => refusal switch
    {
        null => Outcome.Done,
        ScheduleConversation.Taken => Outcome.Taken,
        _ => Outcome.Changed,
    };
}

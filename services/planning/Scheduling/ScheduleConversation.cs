using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Scheduling;

/// <summary>Books, moves, and replaces one of the two: both professionals, the moment and the place in one save, with the database as judge.</summary>
internal sealed class ScheduleConversation(PlanningDbContext db, FreeMoments moments, PlannerStep steps)
{
    internal const string Taken = "Dit moment is net door een ander gekozen, of niet meer vrij. Kies een ander moment; hieronder staat wat nu vrij is.";
    internal const string Stopped = "Deze verwijzing is gestopt. Er is niets meer te plannen.";

    /// <summary>Null when it is booked; else why not. The resident may book too, and then there is no undo.</summary>
    internal Task<string?> Book(
        ReferralJourney journey, Conversation? proposed, int seen, Candidate chosen, string by, CancellationToken ct, bool canUndo = true) =>
        journey.Stage is Stage.Closed ? Task.FromResult<string?>(Stopped)
        : steps.Do(journey, seen, PlannerAction.Book, by, now =>
        {
            var conversation = proposed ?? moments.Propose(journey, chosen);
            conversation.Schedule(chosen, now);
            journey.Booked(by, now);
            db.PublishOnSave(Scheduled(journey, conversation, now));
            return Task.CompletedTask;
        }, ct, canUndo);

    /// <summary>Null when it is moved; else why not. It is the same conversation at another moment, place or with other people.</summary>
    internal Task<string?> Move(
        ReferralJourney journey, Conversation booked, int seen, Candidate chosen, string by, CancellationToken ct, bool canUndo = true) =>
        steps.Do(journey, seen, PlannerAction.Move, by, now =>
        {
            booked.Move(chosen, now);
            journey.Moved(by, now);
            db.PublishOnSave(Rescheduled(journey, booked, now));
            return Task.CompletedTask;
        }, ct, canUndo);

    /// <summary>Null when one of the two is replaced; else why not. Time and place stay.</summary>
    internal Task<string?> Replace(
        ReferralJourney journey, Conversation booked, int seen, Guid leaving, Replacement coming, string by, CancellationToken ct) =>
        steps.Do(journey, seen, PlannerAction.Replace, by, now =>
        {
            booked.Replace(leaving, coming.ProfessionalId, coming.DuoId, now);
            journey.Replaced(by, now);
            db.PublishOnSave(Replaced(journey, booked, leaving, now));
            return Task.CompletedTask;
        }, ct);

    private static ConversationScheduled Scheduled(ReferralJourney journey, Conversation conversation, DateTimeOffset now) => new()
    {
        ReferralId = journey.ReferralId,
        Sequence = journey.NextSequence(),
        OccurredAt = now,
        ConversationId = conversation.Id,
        MentalHealthProfessionalId = conversation.MentalHealthProfessionalId,
        SocialDomainProfessionalId = conversation.SocialDomainProfessionalId,
        LocationId = conversation.LocationId,
        StartsAt = conversation.StartsAt,
        EndsAt = conversation.EndsAt,
    };

    private static ConversationRescheduled Rescheduled(ReferralJourney journey, Conversation conversation, DateTimeOffset now) => new()
    {
        ReferralId = journey.ReferralId,
        Sequence = journey.NextSequence(),
        OccurredAt = now,
        ConversationId = conversation.Id,
        MentalHealthProfessionalId = conversation.MentalHealthProfessionalId,
        SocialDomainProfessionalId = conversation.SocialDomainProfessionalId,
        LocationId = conversation.LocationId,
        StartsAt = conversation.StartsAt,
        EndsAt = conversation.EndsAt,
    };

    private static ProfessionalReplaced Replaced(ReferralJourney journey, Conversation conversation, Guid leaving, DateTimeOffset now) => new()
    {
        ReferralId = journey.ReferralId,
        Sequence = journey.NextSequence(),
        OccurredAt = now,
        ConversationId = conversation.Id,
        MentalHealthProfessionalId = conversation.MentalHealthProfessionalId,
        SocialDomainProfessionalId = conversation.SocialDomainProfessionalId,
        ReplacedProfessionalId = leaving,
    };
}

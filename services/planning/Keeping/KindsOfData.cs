using Microsoft.EntityFrameworkCore;
using VGIntegration.Keeping;
using VGIntegration.Planning.Inviting;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Scheduling;
using static VGIntegration.Keeping.Period;

namespace VGIntegration.Planning.Keeping;

/// <summary>
/// What planning keeps, for how long, from when that counts and why; see contracts/decisions/0060. What is still on the work
/// list is never removed. Another kind is one line here, its query, and its name in hosting's list of settings.
/// </summary>
internal static class KindsOfData
{
    internal static readonly IReadOnlyList<KindOfData<PlanningDbContext>> All =
    [
        new("Conversations", "Planning van een gesprek dat is gevoerd, met alles wat erbij hoort", Years(20), Years(15),
            "de laatste wijziging", "Wmo 2015 art. 5.3.4 (15 jaar); als zorgdossier 20 jaar, WGBO art. 7:454 BW", OfRecords(ClosedAfterConversation)),
        new("WithoutConversation", "Planning waar geen gesprek uit kwam, met alles wat erbij hoort", Years(2), Days(30),
            "de laatste wijziging", "Er kwam geen behandeling tot stand: niet langer dan nodig, AVG art. 5 lid 1 e", OfRecords(ClosedWithoutConversation)),
        new("ResidentAnswers", "Wat de inwoner zelf heeft ingevuld", Months(6), Days(30),
            "het antwoord, als de verwijzing klaar is", "Alleen nodig voor het gesprek, AVG art. 5 lid 1 e", Removal.Rows<PlanningDbContext, Choosing.ResidentAnswer>(
                (db, before) => db.ResidentAnswers.Where(a => a.AnsweredAt < before && !db.Journeys.Any(j => j.ReferralId == a.ReferralId && j.IsOpen)).OrderBy(a => a.AnsweredAt))),
        new("Notices", "Verstuurde berichten: wie, wanneer en hoe; niet de tekst", Years(1), Days(30),
            "het versturen", "Om vragen te kunnen beantwoorden, daarna niet nodig, AVG art. 5 lid 1 e", Removal.Rows<PlanningDbContext, Notice>(
                (db, before) => db.Notices.Where(n => (n.State == NoticeState.Sent || n.State == NoticeState.NotNeeded) && n.DoneAt < before).OrderBy(n => n.DoneAt))),
        new("UndoableSteps", "Hoe iets was vóór de laatste stap van een planner", Days(1), Days(1),
            "het moment tot wanneer ongedaan maken kan", "Daarna niet nodig, AVG art. 5 lid 1 e", Removal.Rows<PlanningDbContext, UndoableStep>(
                (db, before) => db.Set<UndoableStep>().Where(u => u.Until < before).OrderBy(u => u.Until))),
        new("Audit", "Wie wat zag of veranderde", Years(5), Years(5),
            "het moment van kijken", "NEN 7513: ten minste 5 jaar", Removal.Rows<PlanningDbContext, Hosting.Outbox.AuditEntry>(
                (db, before) => db.Audit.Where(a => a.RecordedAt < before).OrderBy(a => a.RecordedAt))),
        new("ParkedMessages", "Interne berichten die nooit konden worden bezorgd", Years(1), Days(30),
            "het moment van opgeven", "Om de oorzaak te zoeken, AVG art. 5 lid 1 e", Removal.Rows<PlanningDbContext, Hosting.Outbox.OutboxMessage>(
                (db, before) => db.Outbox.Where(m => m.ParkedAt < before).OrderBy(m => m.ParkedAt))),
        new("CleanUpReports", "Verslagen van het opruimen", Years(5), Years(1),
            "de nacht", "Verantwoording, AVG art. 5 lid 2", Removal.Rows<PlanningDbContext, CleanUpRun>(
                (db, before) => db.Set<CleanUpRun>().Where(r => r.StartedAt < before).OrderBy(r => r.StartedAt))),
    ];

    private static RemoveOld<PlanningDbContext> OfRecords(Func<PlanningDbContext, DateTimeOffset, IQueryable<ReferralJourney>> old) =>
        Removal.Records((db, before) => old(db, before).Select(j => j.ReferralId), PlanningRecord.Whole);

    private static IQueryable<ReferralJourney> ClosedAfterConversation(PlanningDbContext db, DateTimeOffset before) =>
        Closed(db, before).Where(j => j.Steps.Any(s => s.Step == Step.ConversationHeld));

    private static IQueryable<ReferralJourney> ClosedWithoutConversation(PlanningDbContext db, DateTimeOffset before) =>
        Closed(db, before).Where(j => !j.Steps.Any(s => s.Step == Step.ConversationHeld));

    private static IQueryable<ReferralJourney> Closed(PlanningDbContext db, DateTimeOffset before) =>
        db.Journeys.Where(j => !j.IsOpen && EF.Property<DateTimeOffset>(j, PlanningDbContext.ChangedAt) < before);
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Keeping;
using VGIntegration.ReferralIntake.Documenting;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Requesting;
using static VGIntegration.Keeping.Period;

namespace VGIntegration.ReferralIntake.Keeping;

/// <summary>
/// What intake keeps, for how long, from when that counts and why; see contracts/decisions/0060. What is still open is never
/// removed. Another kind is one line here, its query, and its name in hosting's list of settings.
/// </summary>
internal static class KindsOfData
{
    internal static readonly IReadOnlyList<KindOfData<IntakeDbContext>> All =
    [
        new("Referrals", "Verwijzing waar een gesprek uit kwam, met alles wat erbij hoort; in alle onderdelen", Years(20), Years(20),
            "de laatste wijziging", "Zorgdossier: 20 jaar, WGBO art. 7:454 BW", OfReferrals(state => state is ReferralState.AdviceReturned)),
        new("WithoutConversation", "Verwijzing waar geen gesprek uit kwam, met alles wat erbij hoort; in alle onderdelen", Years(2), Days(30),
            "de laatste wijziging", "Er kwam geen behandeling tot stand: niet langer dan nodig, AVG art. 5 lid 1 e", OfReferrals(state => state is not ReferralState.AdviceReturned)),
        new("WaitingDocuments", "Documenten waarvan de verwijzing nooit kwam, of die zijn geweigerd", Days(90), Days(7),
            "de ontvangst", "Zonder verwijzing niet nodig, AVG art. 5 lid 1 e", Removal.Rows<IntakeDbContext, ReceivedDocument>(
                (db, before) => db.Set<ReceivedDocument>().Where(d => d.TakenUpAt == null && d.ReceivedAt < before).OrderBy(d => d.ReceivedAt))),
        new("Audit", "Wie wat zag of veranderde", Years(5), Years(5),
            "het moment van kijken", "NEN 7513: ten minste 5 jaar", Removal.Rows<IntakeDbContext, AuditEntry>(
                (db, before) => db.Audit.Where(a => a.RecordedAt < before).OrderBy(a => a.RecordedAt))),
        new("ParkedMessages", "Interne berichten die nooit konden worden bezorgd", Years(1), Days(30),
            "het moment van opgeven", "Om de oorzaak te zoeken, AVG art. 5 lid 1 e", Removal.Rows<IntakeDbContext, OutboxMessage>(
                (db, before) => db.Outbox.Where(m => m.ParkedAt < before).OrderBy(m => m.ParkedAt))),
        new("CleanUpReports", "Verslagen van het opruimen", Years(5), Years(1),
            "de nacht", "Verantwoording, AVG art. 5 lid 2", Removal.Rows<IntakeDbContext, CleanUpRun>(
                (db, before) => db.Set<CleanUpRun>().Where(r => r.StartedAt < before).OrderBy(r => r.StartedAt))),
    ];

    private const int AtOnce = 25;
    private const string NightlyCleanUp = "clean-up";

    // One transaction for each, with the message that tells the others.
    private static RemoveOld<IntakeDbContext> OfReferrals(Func<ReferralState, bool> which) => async (db, old, ct) =>
    {
        var states = EraseReferral.Ended.Where(which).ToList();
        var found = await db.Tasks.Where(t => states.Contains(t.State) && t.UpdatedAt < old.Before)
            .Where(t => db.Referrals.Any(r => r.Id == t.ReferralId && r.UpdatedAt < old.Before)
                && !db.Documents.Any(d => d.ReferralId == t.ReferralId && d.ReceivedAt >= old.Before))
            .OrderBy(t => t.UpdatedAt).Select(t => t.ReferralId).Take(AtOnce).ToListAsync(ct);
        var erased = 0;
        foreach (var id in found)
        {
            erased += await EraseReferral.Run(db, id, ErasureReason.KeptLongEnough, NightlyCleanUp, old.Now, ct) ? 1 : 0;
        }

        return erased;
    };
}

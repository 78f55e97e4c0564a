using VGIntegration.Keeping;
using VGIntegration.ReferralIntake.Documenting;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Receiving;
using VGIntegration.ReferralIntake.Subscribing;

namespace VGIntegration.ReferralIntake.Keeping;

/// <summary>
/// All that intake holds about one referral: what is handed out to the resident, and what goes when the referral goes. A new
/// table with a ReferralId gets a line here, or a place in the list of what stays by law; a test asks for it.
/// </summary>
internal static class IntakeRecord
{
    internal static readonly WholeRecord<IntakeDbContext> Whole = new WholeRecord<IntakeDbContext>()
        .With("Meldingen aan de praktijk", (db, ids) => db.Set<SubscriptionEvent>()
            .Where(e => db.Tasks.Any(t => t.Id == e.TaskId && ids.Contains(t.ReferralId))))
        .With("Eerdere standen", (db, ids) => db.Set<TaskVersion>()
            .Where(v => db.Tasks.Any(t => t.Id == v.TaskId && ids.Contains(t.ReferralId))))
        .With("Stand", (db, ids) => db.Tasks.Where(t => ids.Contains(t.ReferralId)))
        .With("Toestemming om te delen", (db, ids) => db.Sharing.Where(s => ids.Contains(s.ReferralId)))
        .With("Bijlagen", (db, ids) => db.Files.Where(f => f.ReferralId != null && ids.Contains(f.ReferralId.Value)))
        .With("Documenten", (db, ids) => db.Documents.Where(d => ids.Contains(d.ReferralId)))
        .With("Documenten van het kanaal", (db, ids) => db.Set<ReceivedDocument>()
            .Where(d => db.Referrals.Any(r => ids.Contains(r.Id) && r.PracticeId == d.PracticeId
                && (r.ZorgDomeinNumber == d.NumberValue || (r.SourceSystem == d.NumberSystem && r.SourceValue == d.NumberValue)))))
        .With("Berichtnummers", (db, ids) => db.Set<SeenRequest>().Where(s => ids.Contains(s.ReferralId)))
        .With("Eerdere versies", (db, ids) => db.Set<ReferralVersion>().Where(v => ids.Contains(v.ReferralId)))
        .With("Verwijzing", (db, ids) => db.Referrals.Where(r => ids.Contains(r.Id)));
}

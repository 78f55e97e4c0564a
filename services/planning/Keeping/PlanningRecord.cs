using Microsoft.EntityFrameworkCore;
using VGIntegration.Keeping;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Keeping;

/// <summary>
/// All that planning holds about one referral: what is handed out to the resident, and what goes when the referral goes. A new
/// table with a ReferralId gets a line here, or a place in the list of what stays by law; a test asks for it.
/// </summary>
internal static class PlanningRecord
{
    internal static readonly WholeRecord<PlanningDbContext> Whole = new WholeRecord<PlanningDbContext>()
        .With("Laatste stap van de planner", (db, ids) => db.Set<UndoableStep>().Where(u => ids.Contains(u.ReferralId)))
        .With("Wie nu kijkt", (db, ids) => db.Set<Web.Onlooker>().Where(o => ids.Contains(o.ReferralId)))
        .With("Antwoorden van de inwoner", (db, ids) => db.ResidentAnswers.Where(a => ids.Contains(a.ReferralId)))
        .With("Persoonlijke links", (db, ids) => db.PersonalLinks.Where(l => ids.Contains(l.ReferralId)))
        .With("Berichten", (db, ids) => db.Notices.Where(n => ids.Contains(n.ReferralId)))
        .With("Afspraken", (db, ids) => db.Appointments.Where(a => ids.Contains(a.ReferralId)))
        .With("Gesprekken die niet doorgingen", (db, ids) => db.MissedConversations.Where(m => ids.Contains(m.ReferralId)))
        .With("Gesprekken", (db, ids) => db.Conversations.Where(c => ids.Contains(c.ReferralId)))
        .With("Verloop", (db, ids) => db.Journeys.Where(j => ids.Contains(j.ReferralId)));
}

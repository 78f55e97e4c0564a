using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Claiming;
using VGIntegration.Feedback.HandingOver;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Reading;
using VGIntegration.Feedback.Researching;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Keeping;
using static VGIntegration.Keeping.Period;

namespace VGIntegration.Feedback.Keeping;

/// <summary>
/// What feedback keeps, for how long, from when that counts and why; see contracts/decisions/0060. An advice that is not with
/// the huisarts is never removed. Another kind is one line here, its query, and its name in hosting's list of settings.
/// </summary>
internal static class KindsOfData
{
    /// <param name="mail">Where the files are of letters that a person mailed.</param>
    internal static IReadOnlyList<KindOfData<FeedbackDbContext>> All(ISecureMail mail) =>
    [
        new("Advices", "Advies en brief, met alles wat erbij hoort", Years(20), Years(20),
            "de laatste brief die aankwam", "Zorgdossier: 20 jaar, WGBO art. 7:454 BW", Removal.Records(ArrivedAdvices, FeedbackRecord.Whole, (db, ids, ct) => FeedbackRecord.RemoveMailed(db, mail, ids, ct))),
        new("WithoutConversation", "Bericht aan de huisarts dat er geen gesprek kwam", Years(2), Days(30),
            "het bericht", "Er kwam geen behandeling tot stand: niet langer dan nodig, AVG art. 5 lid 1 e", Removal.Records(ClosingNotes, FeedbackRecord.Whole, (db, ids, ct) => FeedbackRecord.RemoveMailed(db, mail, ids, ct))),
        new("News", "Verstuurde statusberichten aan huisartsen, zonder inhoud", Years(1), Days(30),
            "het begin van het versturen", "Om vragen te kunnen beantwoorden, daarna niet nodig, AVG art. 5 lid 1 e", Removal.Rows<FeedbackDbContext, Delivery>(
                (db, before) => db.Deliveries.Where(d => (d.Kind == ParcelKind.TaskUpdate || d.Kind == ParcelKind.Handshake || d.Kind == ParcelKind.Notification)
                    && d.State != DeliveryState.Waiting && d.WaitingSince < before).OrderBy(d => d.WaitingSince))),
        new("Research", "Of de inwoner meedoet aan het onderzoek, en wat is betaald", Years(7), Years(1),
            "het laatste antwoord van de inwoner, of de laatste betaling", "Betalingen: 7 jaar, AWR art. 52; het onderzoek zelf duurt een half jaar", Removal.Rows<FeedbackDbContext, ResearchParticipation>(
                (db, before) => db.Research.Where(r => r.AskedAt < before
                    && !EF.Property<List<Questionnaire>>(r, "_questionnaires").Any(q => q.PaidOn >= DateOnly.FromDateTime(before.UtcDateTime))).OrderBy(r => r.AskedAt))),
        new("Claims", "Welk gesprek is geteld en gedeclareerd, zonder de inwoner", Years(7), Years(7),
            "het vastleggen, of de laatste export", "Administratie: 7 jaar, AWR art. 52", Removal.Rows<FeedbackDbContext, ClaimLine>(
                (db, before) => db.ClaimLines.Where(l => l.RecordedAt < before && !db.ExportedLines.Any(
                    e => e.LineId == l.Id && db.ExportRuns.Any(r => r.Id == e.RunId && r.MadeAt >= before))).OrderBy(l => l.RecordedAt))),
        new("PersonalLinks", "Persoonlijke links van inwoners naar hun advies", Days(30), Days(1),
            "het einde van de link", "Daarna niet nodig, AVG art. 5 lid 1 e", Removal.Rows<FeedbackDbContext, ReadingLink>(
                (db, before) => db.ReadingLinks.Where(l => l.ExpiresAt < before).OrderBy(l => l.ExpiresAt))),
        new("Audit", "Wie wat zag of veranderde", Years(5), Years(5),
            "het moment van kijken", "NEN 7513: ten minste 5 jaar", Removal.Rows<FeedbackDbContext, AuditEntry>(
                (db, before) => db.Audit.Where(a => a.RecordedAt < before).OrderBy(a => a.RecordedAt))),
        new("ParkedMessages", "Interne berichten die nooit konden worden bezorgd", Years(1), Days(30),
            "het moment van opgeven", "Om de oorzaak te zoeken, AVG art. 5 lid 1 e", Removal.Rows<FeedbackDbContext, OutboxMessage>(
                (db, before) => db.Outbox.Where(m => m.ParkedAt < before).OrderBy(m => m.ParkedAt))),
        new("CleanUpReports", "Verslagen van het opruimen", Years(5), Years(1),
            "de nacht", "Verantwoording, AVG art. 5 lid 2", Removal.Rows<FeedbackDbContext, CleanUpRun>(
                (db, before) => db.Set<CleanUpRun>().Where(r => r.StartedAt < before).OrderBy(r => r.StartedAt))),
    ];

    // Known by its letter alone: once that has arrived, and no other of the same referral is on its way or younger.
    private static IQueryable<Guid> ArrivedAdvices(FeedbackDbContext db, DateTimeOffset before) => db.Deliveries
        .Where(d => d.Kind == ParcelKind.Advice && d.State == DeliveryState.Delivered && d.DeliveredAt < before && d.ReferralId != null)
        .Where(d => !db.Deliveries.Any(o => o.ReferralId == d.ReferralId && (o.State == DeliveryState.Waiting
            || ((o.Kind == ParcelKind.Advice || o.Kind == ParcelKind.ClosingNote) && (o.State == DeliveryState.Refused || o.WaitingSince >= before || o.DeliveredAt >= before)))))
        .Select(d => d.ReferralId!.Value);

    private static IQueryable<Guid> ClosingNotes(FeedbackDbContext db, DateTimeOffset before) => db.Deliveries
        .Where(d => d.Kind == ParcelKind.ClosingNote && (d.State == DeliveryState.Delivered || d.State == DeliveryState.NotNeeded)
            && d.WaitingSince < before && (d.DeliveredAt == null || d.DeliveredAt < before) && d.ReferralId != null)
        .Where(d => !db.Advices.Any(a => a.ReferralId == d.ReferralId)
            && !db.Deliveries.Any(o => o.ReferralId == d.ReferralId && (o.State == DeliveryState.Waiting || o.WaitingSince >= before)))
        .Select(d => d.ReferralId!.Value);
}

using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.HandingOver;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Keeping;

namespace VGIntegration.Feedback.Keeping;

/// <summary>
/// All that feedback holds about one referral: what is handed out to the resident, and what goes when the referral goes. A new
/// table with a ReferralId gets a line here, or a place in the list of what stays by law; a test asks for it.
/// </summary>
internal static class FeedbackRecord
{
    internal static readonly WholeRecord<FeedbackDbContext> Whole = new WholeRecord<FeedbackDbContext>()
        .With("Brieven", (db, ids) => db.SentLetters
            .Where(l => db.Deliveries.Any(d => d.Id == l.DeliveryId && d.ReferralId != null && ids.Contains(d.ReferralId.Value))))
        .With("Pogingen", (db, ids) => db.Attempts
            .Where(t => db.Deliveries.Any(d => d.Id == t.DeliveryId && d.ReferralId != null && ids.Contains(d.ReferralId.Value))))
        .With("Overhandigd", (db, ids) => db.LetterHandOvers
            .Where(h => db.Deliveries.Any(d => d.Id == h.DeliveryId && d.ReferralId != null && ids.Contains(d.ReferralId.Value))))
        .With("Verzendingen", (db, ids) => db.Deliveries.Where(d => d.ReferralId != null && ids.Contains(d.ReferralId.Value)))
        .With("Onderzoek", (db, ids) => db.Research.Where(r => ids.Contains(r.ReferralId)))
        .With("Monitoring", (db, ids) => db.MonitoringForms
            .Where(m => db.Advices.Any(a => a.ConversationId == m.ConversationId && ids.Contains(a.ReferralId))))
        .With("Links", (db, ids) => db.ReadingLinks.Where(l => db.Advices.Any(a => a.Id == l.AdviceId && ids.Contains(a.ReferralId))))
        .With("Edities", (db, ids) => db.AdviceEditions.Where(e => db.Advices.Any(a => a.Id == e.AdviceId && ids.Contains(a.ReferralId))))
        .With("Adviezen", (db, ids) => db.Advices.Where(a => ids.Contains(a.ReferralId)));

    /// <summary>The files of letters that a person mailed: no rows, so before the rows that tell of them. What goes wrong is tried again.</summary>
    internal static async Task RemoveMailed(FeedbackDbContext db, ISecureMail mail, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        mail.Remove(await db.LetterHandOvers
            .Where(h => db.Deliveries.Any(d => d.Id == h.DeliveryId && d.ReferralId != null && ids.Contains(d.ReferralId.Value)))
            .Select(h => h.DeliveryId).ToListAsync(ct));

    /// <summary>The letters as they were sent: the PDF out of each.</summary>
    internal static async Task<IReadOnlyList<LetterFile>> Letters(FeedbackDbContext db, Guid referralId, CancellationToken ct)
    {
        var sent = await db.Deliveries.AsNoTracking().Where(d => d.ReferralId == referralId)
            .Join(db.SentLetters, d => d.Id, l => l.DeliveryId, (d, l) => new { d.Kind, d.WaitingSince, l.Content })
            .OrderBy(l => l.WaitingSince).ToListAsync(ct);
        return [.. sent.Select(letter => new LetterFile(
            letter.Kind is Returning.ParcelKind.Advice ? "advies.pdf" : "bericht.pdf", "application/pdf",
            (string?)JsonNode.Parse(letter.Content)?["content"]?[0]?["attachment"]?["data"] ?? ""))];
    }
}

/// <summary>A file, in base64.</summary>
internal sealed record LetterFile(string Name, string ContentType, string Content);

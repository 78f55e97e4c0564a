using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Researching;

/// <summary>
/// The contact details of everybody who takes part at this moment, for the researcher's eyes only; of who stopped since an
/// earlier hand-over only the code. No word of care is in it. Who asked for it and about whom is in the audit.
/// </summary>
internal sealed class HandOver(FeedbackDbContext db, ResearchContacts contacts, Researcher researcher, TimeProvider clock)
{
    private static readonly string[] Heading = ["code", "naam", "telefoon", "e-mail", "adres", "start", "na 3 maanden", "na 6 maanden", "gestopt"];

    /// <exception cref="HttpRequestException">Intake does not answer; nothing is handed over.</exception>
    internal async Task<byte[]> Run(string login, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var asked = await db.Research.Where(r => r.IsWilling).ToListAsync(ct);
        List<IReadOnlyList<string>> rows = [Heading];
        foreach (var one in asked.Where(r => r.TakesPart).OrderBy(r => r.ConversationOn).ThenBy(r => r.Id))
        {
            if (await contacts.Of(one.ReferralId, ct) is { } contact)
            {
                rows.Add([
                    $"{one.Id}", contact.Name, string.Join(", ", contact.Telephones), contact.Email ?? "", contact.Address ?? "",
                    .. one.Questionnaires.Select(q => Day(q.DueOn)), ""]);
                one.HandOver(now);
                db.Audit.Add(AuditEntry.Of("E", login, $"Research/{one.Id}", "hand-over-research", now));
            }
        }

        rows.AddRange(asked.Where(r => r is { TakesPart: false, HandedOverAt: not null })
            .Select(r => (IReadOnlyList<string>)[$"{r.Id}", "", "", "", "", "", "", "", Day(r.WithdrawnAt!.Value.LocalDay())]));
        var file = SealedFile.Write(rows, researcher.Certificate!);
        await db.SaveChangesAsync(ct); // who withdrew meanwhile: the version differs, and nothing leaves
        return file;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

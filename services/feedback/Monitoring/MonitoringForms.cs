using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Monitoring;

/// <summary>A conversation that was held, one of the two who held it, and the form as it is now, if anything is in it.</summary>
internal sealed record Held(Advice Advice, string Login, MonitoringForm? Form)
{
    public Discipline Me => Advice.MentalHealth.Is(Login) ? Discipline.MentalHealth : Discipline.SocialDomain;
    public Discipline Other => Me is Discipline.MentalHealth ? Discipline.SocialDomain : Discipline.MentalHealth;
    public Missing OtherMissing => Other is Discipline.MentalHealth ? Missing.MentalHealthExperience : Missing.SocialDomainExperience;

    /// <summary>How far it is for this one, and the colour of it.</summary>
    public (string Dutch, string Badge) State() => Form switch
    {
        null => ("nog niet begonnen", "warning"),
        { } form when form.Missing is [var only] && only == OtherMissing => ("wacht op uw duopartner", "neutral"),
        { Missing.Count: 0 } => ("nog te versturen", "warning"),
        _ => ("begonnen", "active"),
    };
}

/// <summary>Finds the form of a conversation for one of its duo, and changes it.</summary>
internal sealed class MonitoringForms(FeedbackDbContext db, TimeProvider clock)
{
    private const int Attempts = 5;
    private const int Shown = 100;

    // Longer than any save takes.
    private const int MinutesToSave = 2;

    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The last position that no save under way can still take: whoever read as far as this has missed nothing.</summary>
    internal static int LastCertain(DateTimeOffset now) => Minutes(now) - MinutesToSave - 1;

    /// <summary>Null for who did not hold this conversation.</summary>
    public async Task<Held?> Find(Guid adviceId, string login, CancellationToken ct)
    {
        var advice = await db.Advices.AsNoTracking().SingleOrDefaultAsync(a => a.Id == adviceId, ct);
        return advice?.IsWrittenBy(login) is true
            ? new Held(advice, login, await db.MonitoringForms.AsNoTracking().SingleOrDefaultAsync(f => f.ConversationId == advice.ConversationId, ct))
            : null;
    }

    /// <summary>
    /// Changes the form and saves it together with the audit. The resident and the two professionals may be at it at once: who comes
    /// second is given the form as it is by then, and says whether the change still holds. False: it did not, and nothing was saved.
    /// </summary>
    public async Task<bool> Change(Held held, string why, Func<MonitoringForm, int, bool> change, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = await db.MonitoringForms.SingleOrDefaultAsync(f => f.ConversationId == held.Advice.ConversationId, ct);
            var form = found ?? MonitoringForm.Open(held.Advice.ConversationId, held.Advice.StartsAt.LocalDay());
            if (!change(form, await NextPosition(ct)))
            {
                db.ChangeTracker.Clear();
                return false;
            }

            if (found is null)
            {
                db.MonitoringForms.Add(form);
            }

            db.Audit.Add(AuditEntry.Of(found is null ? "C" : "U", held.Login, $"Advice/{held.Advice.Id}", why, clock.GetUtcNow()));
            try
            {
                await db.SaveChangesAsync(ct);
                return true;
            }
            catch (DbUpdateException) when (attempt < Attempts) // another saved at the same moment
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    // Never a number that was given before, also when the last form was removed: who reads the feed asks for what is after a number.
    private async Task<int> NextPosition(CancellationToken ct) =>
        Math.Max(Minutes(clock.GetUtcNow()), 1 + (await db.MonitoringForms.MaxAsync(f => f.Position, ct) ?? 0));

    private static int Minutes(DateTimeOffset now) => (int)(now - Beginning).TotalMinutes;

    /// <summary>The conversations of this professional whose form is not sent in, the oldest first.</summary>
    public async Task<IReadOnlyList<Held>> ToFillIn(string login, CancellationToken ct)
    {
        var key = Author.Key(login);
        var open = await Open(db).Where(a => a.MentalHealth.Login == key || a.SocialDomain.Login == key)
            .OrderBy(a => a.StartsAt).Take(Shown).ToListAsync(ct);
        var forms = await Of(open, ct);
        return [.. open.Select(a => new Held(a, login, forms.GetValueOrDefault(a.ConversationId)))];
    }

    internal async Task<Dictionary<Guid, MonitoringForm>> Of(IEnumerable<Advice> advices, CancellationToken ct)
    {
        var ids = advices.Select(a => a.ConversationId).ToList();
        return await db.MonitoringForms.AsNoTracking().Where(f => ids.Contains(f.ConversationId)).ToDictionaryAsync(f => f.ConversationId, ct);
    }

    /// <summary>The conversations without a form that was sent in.</summary>
    internal static IQueryable<Advice> Open(FeedbackDbContext db) => db.Advices.AsNoTracking()
        .Where(a => !db.MonitoringForms.Any(f => f.ConversationId == a.ConversationId && f.SentAt != null));
}

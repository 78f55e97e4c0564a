using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Receiving;

namespace VGIntegration.ReferralIntake.Withdrawing;

/// <summary>What is to be done with a referral as it is now: refuse, nothing, or one action with the content that belongs to it.</summary>
internal sealed record Decision(FhirResult? Refusal = null, ReferralEvent? Action = null, ReferralRequest? Asked = null)
{
    internal static readonly Decision Nothing = new();
}

/// <summary>
/// A GP system changes what it sent. Of two writers one wins: the other looks again, and hears that its version is stale.
/// </summary>
internal sealed class ReferralChanges(IntakeDbContext db, TimeProvider clock)
{
    private const int Attempts = 8; // planning writes in the same Task; it never does so for long

    internal async Task<IResult> Apply(
        HttpContext http, Guid? referralId, int? expected, Func<StoredReferral, Decision> decide, Func<StoredReferral, IResult> answer)
    {
        var ct = http.RequestAborted;
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            if (await Find(referralId, http.PracticeId(), ct) is not { } stored)
            {
                return FhirResult.NotFound();
            }

            if (expected is { } version && version != stored.Referral.Version)
            {
                return ExpectedVersion.Stale(stored.Referral.Version);
            }

            var decision = decide(stored);
            if (decision.Refusal is { } refusal)
            {
                return refusal;
            }

            if (decision.Action is not { } action)
            {
                db.Audit.Add(AuditEntry.Of("R", http.User.Who(), $"Referral/{stored.Referral.Id}", "read-own-referral", clock.GetUtcNow()));
                await db.SaveChangesAsync(ct);
                return answer(stored);
            }

            await Do(stored, action, decision.Asked, http.User.Who(), ct);
            try
            {
                await db.SaveChangesAsync(ct);
                return answer(stored);
            }
            catch (DbUpdateException e) when (attempt < Attempts && (e is DbUpdateConcurrencyException || e.IsRefusal()))
            {
                // Another was first: look again at what it made of it.
            }
        }
    }

    private async Task<StoredReferral?> Find(Guid? id, Guid practice, CancellationToken ct)
    {
        var referral = await db.Referrals.SingleOrDefaultAsync(r => r.Id == id && r.PracticeId == practice, ct);
        return referral is null ? null : new(referral, await db.Tasks.SingleAsync(t => t.ReferralId == referral.Id, ct));
    }

    private async Task Do(StoredReferral stored, ReferralEvent action, ReferralRequest? asked, string who, CancellationToken ct)
    {
        var (now, (referral, task)) = (clock.GetUtcNow(), stored);
        await Progress.Act(db, task, action, now, ct);
        if (asked is not null)
        {
            db.Add(referral.Change(asked, now));
        }

        switch (action)
        {
            case ReferralEvent.Changed:
                db.PublishOnSave(Changed(referral, task, now));
                break;
            case ReferralEvent.WithdrawnByReferrer or ReferralEvent.CancellationRequested:
                db.PublishOnSave(Withdrawn(task, ClosingReason.WithdrawnByReferrer, now));
                break;
            case ReferralEvent.EnteredInError:
                db.PublishOnSave(Withdrawn(task, ClosingReason.EnteredInError, now));
                break;
        }

        db.Audit.Add(AuditEntry.Of("U", who, $"Referral/{referral.Id}", action is ReferralEvent.Changed ? "change-referral" : "withdraw-referral", now));
    }

    private static ReferralWithdrawn Withdrawn(ReferralTask task, string reason, DateTimeOffset now) =>
        new() { ReferralId = task.ReferralId, Sequence = task.NextSequence(), OccurredAt = now, Reason = reason };

    private static ReferralChanged Changed(Referral referral, ReferralTask task, DateTimeOffset now) => new()
    {
        ReferralId = referral.Id,
        Sequence = task.NextSequence(),
        OccurredAt = now,
        ReceivedAt = referral.ReceivedAt,
        Priority = referral.Priority,
        PostcodeDigits = referral.Resident.PostcodeDigits,
        Language = referral.Resident.Language,
        Criteria = referral.CriterionCodes,
    };
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Keeping;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Requesting;

/// <summary>
/// A referral goes, whole and in one transaction, with the message that has planning and feedback do the same. What is left is
/// the audit and the <see cref="Erasure"/>.
/// </summary>
internal static class EraseReferral
{
    /// <summary>Nothing happens any more in these states.</summary>
    internal static readonly IReadOnlyList<ReferralState> Ended =
    [
        ReferralState.AdviceReturned, ReferralState.Rejected, ReferralState.WithdrawnByReferrer, ReferralState.Cancelled,
        ReferralState.WithdrawnByResident, ReferralState.NoConversation, ReferralState.EnteredInError,
    ];

    /// <summary>False when it is still open, or is not there (any more).</summary>
    internal static async Task<bool> Run(IntakeDbContext db, Guid referralId, string reason, string by, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var referral = await db.Referrals.AsNoTracking().SingleOrDefaultAsync(r => r.Id == referralId, ct);
        var task = await db.Tasks.AsNoTracking().SingleOrDefaultAsync(t => t.ReferralId == referralId, ct);
        if (referral is null || task is null || !Ended.Contains(task.State))
        {
            return false;
        }

        var removed = await IntakeRecord.Whole.Remove(db, [referralId], ct);
        var key = Erasure.HashOf(referral.PracticeId, referral.SourceSystem, referral.SourceValue);
        db.Add(Erasure.Of(referralId, key, reason, by, removed.Sum(r => r.Rows), now));
        db.Audit.Add(AuditEntry.Of("D", by, $"Referral/{referralId}", reason, now));
        db.PublishOnSave(new ReferralErased { ReferralId = referralId, Sequence = task.Told + 1, OccurredAt = now, Reason = reason });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}

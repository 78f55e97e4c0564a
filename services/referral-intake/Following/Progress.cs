using Hl7.Fhir.Utility;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Following;

/// <summary>The one place where a referral moves: the Task, with it the ServiceRequest, what they were before, and who must hear.</summary>
internal static class Progress
{
    /// <summary>Adds what was told to the coming save.</summary>
    internal static Task Record(IntakeDbContext db, ReferralTask task, HappenedEvent happened, DateTimeOffset now, CancellationToken ct) =>
        Move(db, task, task.Record(happened, now), now, ct);

    /// <summary>Adds what the GP system does to the coming save.</summary>
    internal static Task Act(IntakeDbContext db, ReferralTask task, ReferralEvent action, DateTimeOffset now, CancellationToken ct) =>
        Move(db, task, task.Act(action, now), now, ct);

    private static async Task Move(IntakeDbContext db, ReferralTask task, TaskVersion? superseded, DateTimeOffset now, CancellationToken ct)
    {
        if (superseded is null)
        {
            return;
        }

        db.Add(superseded);
        var (_, status, business, _) = ReferralStatus.Of(task.State);
        db.PublishOnSave(new ReferralStatusChanged
        {
            ReferralId = task.ReferralId,
            Sequence = task.NextSequence(),
            OccurredAt = now,
            TaskId = task.Id,
            TaskVersion = task.Version,
            PracticeId = task.PracticeId,
            TaskStatus = status.GetLiteral(),
            BusinessStatus = business,
        });
        var standing = ReferralStatus.Standing(task.State);
        if (standing != ReferralStatus.Standing(superseded.State))
        {
            var referral = await db.Referrals.SingleAsync(r => r.Id == task.ReferralId, ct);
            db.Add(referral.Stand(standing, now));
        }
    }
}

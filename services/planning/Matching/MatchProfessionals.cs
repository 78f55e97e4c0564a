using MassTransit;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Keeping;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Matching;

/// <summary>Takes a referral on the work list and proposes the best duo, moment and place for it.</summary>
internal sealed class MatchProfessionals(PlanningDbContext db, FreeMoments moments, TimeProvider clock) : IConsumer<ReferralReceived>
{
    public async Task Consume(ConsumeContext<ReferralReceived> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        var known = db.Journeys.Where(j => j.ReferralId == message.ReferralId).Select(j => j.ReferralId)
            .Concat(db.Set<ErasedReferral>().Where(e => e.ReferralId == message.ReferralId).Select(e => e.ReferralId));
        if (await known.AnyAsync(ct))
        {
            return; // on the work list already, or gone for good
        }

        var now = clock.GetUtcNow();
        var journey = ReferralJourney.Begin(
            message.ReferralId, message.OccurredAt, message.Priority, message.PostcodeDigits, message.Language, message.Criteria);
        db.Journeys.Add(journey);
        db.PublishOnSave(new ReferralTakenIn { ReferralId = journey.ReferralId, Sequence = journey.NextSequence(), OccurredAt = now });
        await moments.ProposeBest(journey, null, ct);
        await db.SaveChangesAsync(ct);
    }
}

using MassTransit;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Keeping;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Journey;

/// <summary>
/// What the huisarts does after the referral: changes it, sends more, or takes it back. Any of these may come before
/// ReferralReceived itself, for that is another queue.
/// </summary>
internal sealed class FollowReferral(PlanningDbContext db, FreeMoments moments, TimeProvider clock) :
    IConsumer<ReferralChanged>, IConsumer<ReferralSupplemented>, IConsumer<ReferralWithdrawn>
{
    private const string Huisarts = "referral-intake"; // for whom intake speaks

    public async Task Consume(ConsumeContext<ReferralChanged> context)
    {
        var (message, ct, now) = (context.Message, context.CancellationToken, clock.GetUtcNow());
        var journey = await Find(message.ReferralId, ct);
        if (journey is null && await db.IsErased(message.ReferralId, ct))
        {
            return; // it is gone for good
        }

        if (journey is null)
        {
            journey = ReferralJourney.Begin(
                message.ReferralId, message.ReceivedAt, message.Priority, message.PostcodeDigits, message.Language, message.Criteria);
            db.Journeys.Add(journey);
            db.PublishOnSave(new ReferralTakenIn { ReferralId = journey.ReferralId, Sequence = journey.NextSequence(), OccurredAt = now });
        }

        var (postcode, language) = (journey.PostcodeDigits, journey.Language);
        var isNew = journey.Change(message.Sequence, message.Priority, message.PostcodeDigits, message.Language, message.Criteria);
        var proposed = await Conversation(journey.ReferralId, ct);
        var fitsNoLonger = (postcode, language) != (journey.PostcodeDigits, journey.Language);
        if (isNew && journey.PausedAt is null && (proposed is null || fitsNoLonger) && proposed is null or { Status: ConversationStatus.Proposed } && ReferralJourney.Allows(journey.Stage, Step.AssignmentProposed))
        {
            await moments.ProposeBest(journey, proposed, ct); // another language or place may ask for another duo
        }

        await db.SaveChangesAsync(ct);
    }

    public async Task Consume(ConsumeContext<ReferralSupplemented> context)
    {
        // ReferralReceived comes first or soon: until then this message is tried again.
        if (await db.IsErased(context.Message.ReferralId, context.CancellationToken))
        {
            return;
        }

        var journey = await db.Journeys.SingleAsync(j => j.ReferralId == context.Message.ReferralId, context.CancellationToken);
        journey.Supplement(context.Message.OccurredAt);
        await db.SaveChangesAsync(context.CancellationToken);
    }

    public async Task Consume(ConsumeContext<ReferralWithdrawn> context)
    {
        var (message, ct, now) = (context.Message, context.CancellationToken, clock.GetUtcNow());
        var journey = await Find(message.ReferralId, ct);
        if (journey is null && await db.IsErased(message.ReferralId, ct))
        {
            return;
        }

        if (journey is null)
        {
            db.Journeys.Add(journey = ReferralJourney.NeverBegun(message.ReferralId, message.OccurredAt));
        }

        if (!journey.Withdraw(message.Reason, now))
        {
            await db.SaveChangesAsync(ct);
            return; // the conversation was held: ConversationHeld has told so, and the advice follows
        }

        if (await Conversation(journey.ReferralId, ct) is { } planned)
        {
            WorkOnReferral.Free(db, planned, MissedBecause.ReferrerWithdrew, now);
        }

        db.PublishOnSave(new ReferralClosed { ReferralId = journey.ReferralId, Sequence = journey.NextSequence(), OccurredAt = now, Reason = message.Reason });
        db.Audit.Add(AuditEntry.Of("U", Huisarts, $"Referral/{journey.ReferralId}", "withdraw-referral", now));
        await db.SaveChangesAsync(ct);
    }

    private Task<ReferralJourney?> Find(Guid referralId, CancellationToken ct) => db.Journeys.SingleOrDefaultAsync(j => j.ReferralId == referralId, ct);

    private Task<Conversation?> Conversation(Guid referralId, CancellationToken ct) =>
        db.Conversations.SingleOrDefaultAsync(c => c.ReferralId == referralId, ct);
}

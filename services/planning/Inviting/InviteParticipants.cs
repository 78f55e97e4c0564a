using MassTransit;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Inviting;

/// <summary>
/// Follows planning's own messages: whoever takes part is invited, told of a change, or told that it is off. Only the notices
/// are written here, in the transaction of the inbox; SendNotices sends them.
/// </summary>
internal sealed class InviteParticipants(PlanningDbContext db, InvitingRules rules, TimeProvider clock) :
    IConsumer<ConversationScheduled>, IConsumer<ConversationRescheduled>, IConsumer<ProfessionalReplaced>,
    IConsumer<ConversationHeld>, IConsumer<ConversationNotHeld>, IConsumer<PlanningPaused>, IConsumer<ReferralClosed>
{
    public Task Consume(ConsumeContext<ConversationScheduled> context)
    {
        var m = context.Message;
        return Take(
            m.ConversationId, m.ReferralId, new(m.MentalHealthProfessionalId, m.SocialDomainProfessionalId, m.LocationId, m.StartsAt, m.EndsAt),
            m.Sequence, m.OccurredAt, context.CancellationToken);
    }

    public Task Consume(ConsumeContext<ConversationRescheduled> context)
    {
        var m = context.Message;
        return Take(
            m.ConversationId, m.ReferralId, new(m.MentalHealthProfessionalId, m.SocialDomainProfessionalId, m.LocationId, m.StartsAt, m.EndsAt),
            m.Sequence, m.OccurredAt, context.CancellationToken);
    }

    public async Task Consume(ConsumeContext<ProfessionalReplaced> context)
    {
        var (m, ct) = (context.Message, context.CancellationToken);

        // It was booked first: until that is told, this message is tried again.
        var now = await db.Appointments.SingleAsync(a => a.ConversationId == m.ConversationId, ct);
        await Take(
            m.ConversationId, m.ReferralId, new(m.MentalHealthProfessionalId, m.SocialDomainProfessionalId, now.LocationId, now.StartsAt, now.EndsAt),
            m.Sequence, m.OccurredAt, ct);
    }

    public Task Consume(ConsumeContext<ConversationHeld> context) => End(
        context.Message.ConversationId, AppointmentStatus.Held, context.Message.Sequence, context.Message.OccurredAt, context.CancellationToken);

    public Task Consume(ConsumeContext<ConversationNotHeld> context) => End(
        context.Message.ConversationId, AppointmentStatus.NotAttended, context.Message.Sequence, context.Message.OccurredAt, context.CancellationToken);

    public Task Consume(ConsumeContext<PlanningPaused> context) =>
        CallOff(context.Message.ReferralId, context.Message.Sequence, context.Message.OccurredAt, true, context.CancellationToken);

    public Task Consume(ConsumeContext<ReferralClosed> context) => CallOff(
        context.Message.ReferralId, context.Message.Sequence, context.Message.OccurredAt, context.Message.Reason is not ClosingReason.Deceased, context.CancellationToken);

    private async Task Take(Guid conversationId, Guid referralId, Arrangement arrangement, int told, DateTimeOffset at, CancellationToken ct)
    {
        var appointment = await db.Appointments.SingleOrDefaultAsync(a => a.ConversationId == conversationId, ct);
        IReadOnlyList<(Addressee, Guid)> before = [];
        var was = arrangement;
        if (appointment is null)
        {
            if (await db.Journeys.AnyAsync(j => j.ReferralId == referralId && j.Stage == Stage.Closed, ct))
            {
                return; // it ended before this was heard: nobody is invited to what is off
            }

            db.Appointments.Add(appointment = Appointment.Book(conversationId, referralId, arrangement, told, at));
        }
        else
        {
            (before, was) = (CalendarsOf(appointment), ArrangementOf(appointment));
            if (!appointment.Change(arrangement, told, at))
            {
                return;
            }
        }

        await DropWaiting(conversationId, ct);
        var after = CalendarsOf(appointment);
        Add(appointment, NoticeKind.Cancellation, was, before.Except(after));
        Add(appointment, NoticeKind.Invitation, arrangement, after);
        Add(appointment, NoticeKind.Confirmation, arrangement, [(Addressee.Resident, referralId)]);
        if (rules.RemindAt(arrangement.StartsAt) is var remindAt && remindAt > clock.GetUtcNow())
        {
            db.Notices.Add(Notice.Of(appointment, NoticeKind.Reminder, Addressee.Resident, referralId, arrangement, remindAt, clock.GetUtcNow()));
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task End(Guid conversationId, AppointmentStatus how, int told, DateTimeOffset at, CancellationToken ct)
    {
        if (await db.Appointments.SingleOrDefaultAsync(a => a.ConversationId == conversationId, ct) is { } appointment)
        {
            appointment.End(how, told, at);
            await DropWaiting(conversationId, ct);
            await db.SaveChangesAsync(ct);
        }
    }

    private async Task CallOff(Guid referralId, int told, DateTimeOffset at, bool tellsResident, CancellationToken ct)
    {
        foreach (var appointment in await db.Appointments.Where(a => a.ReferralId == referralId && a.Status == AppointmentStatus.Booked).ToListAsync(ct))
        {
            if (appointment.Cancel(told, at))
            {
                await DropWaiting(appointment.ConversationId, ct);
                Add(appointment, NoticeKind.Cancellation, ArrangementOf(appointment), CalendarsOf(appointment));
                if (tellsResident)
                {
                    Add(appointment, NoticeKind.CalledOff, ArrangementOf(appointment), [(Addressee.Resident, referralId)]);
                }
            }
        }

        // What asked the resident to choose is past too.
        foreach (var choice in await db.Notices.Where(n => n.SubjectId == referralId && n.State != NoticeState.Sent && n.State != NoticeState.NotNeeded).ToListAsync(ct))
        {
            choice.Drop(clock.GetUtcNow());
        }

        await db.SaveChangesAsync(ct);
    }

    // What has not gone out yet would only confuse: the newer says it all. What is being sent at this moment goes, and the
    // higher SEQUENCE wins in the calendar.
    private async Task DropWaiting(Guid conversationId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var open = await db.Notices.Where(n => n.SubjectId == conversationId && n.LeasedUntil <= now
            && n.State != NoticeState.Sent && n.State != NoticeState.NotNeeded).ToListAsync(ct);
        open.ForEach(n => n.Drop(now));
    }

    private void Add(Appointment appointment, NoticeKind kind, Arrangement told, IEnumerable<(Addressee Kind, Guid Id)> addressees)
    {
        var now = clock.GetUtcNow();
        db.Notices.AddRange(addressees.Select(a => Notice.Of(appointment, kind, a.Kind, a.Id, told, now, now)));
    }

    private static List<(Addressee Kind, Guid Id)> CalendarsOf(Appointment appointment) =>
    [
        .. appointment.Professionals.Select(p => (Addressee.Professional, p)), (Addressee.Location, appointment.LocationId),
    ];

    private static Arrangement ArrangementOf(Appointment a) =>
        new(a.MentalHealthProfessionalId, a.SocialDomainProfessionalId, a.LocationId, a.StartsAt, a.EndsAt);
}

using Microsoft.EntityFrameworkCore;
using MimeKit;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Choosing;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Inviting;

/// <summary>
/// One attempt for one notice that is leased to us. The address of a resident is asked of intake now, which writes that down,
/// and is forgotten when this returns.
/// </summary>
internal sealed class SendNotice(
    PlanningDbContext db, KnownRegion known, ReferralIntakeClient intake, IPostOffice post, TextMessages texts, WriteMail write,
    PersonalLinks links, InvitingRules rules, TimeProvider clock)
{
    internal async Task Run(Guid id, CancellationToken ct)
    {
        var notice = await db.Notices.SingleAsync(n => n.Id == id, ct);
        var appointment = await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.ConversationId == notice.SubjectId, ct);
        Action<Notice> outcome = IsPast(notice, appointment) ? n => n.Drop(clock.GetUtcNow())
            : notice.Addressee is Addressee.Resident ? await ToResident(notice, appointment, ct)
            : await ToCalendar(notice, appointment!, ct);
        await Save(notice, outcome, ct);
    }

    /// <summary>Our own fault: the next attempt may go better.</summary>
    internal async Task Postpone(Guid id, CancellationToken ct)
    {
        var notice = await db.Notices.SingleAsync(n => n.Id == id, ct);
        await Save(notice, n => n.Postpone(Obstacle.Defect, clock.GetUtcNow(), Random.Shared.NextDouble()), ct);
    }

    private bool IsPast(Notice notice, Appointment? appointment) =>
        notice.Kind is not NoticeKind.Choice && (appointment is null || (notice.StartsAt <= clock.GetUtcNow()
            && notice.Kind is NoticeKind.Reminder or NoticeKind.Confirmation));

    private async Task<Action<Notice>> ToCalendar(Notice notice, Appointment appointment, CancellationToken ct)
    {
        var region = await known.Get(ct);
        var (name, address) = notice.Addressee is Addressee.Professional
            ? region.Professionals.TryGetValue(notice.AddresseeId, out var person) ? (person.Name, person.Email) : (null, null)
            : region.Locations.TryGetValue(notice.AddresseeId, out var room) ? (room.Name, room.Email) : (null, null);
        if (address is null or "")
        {
            // A room without an address of its own is nobody to tell; a professional without one is.
            return n =>
            {
                if (n.Addressee is Addressee.Location)
                {
                    n.Drop(clock.GetUtcNow());
                }
                else
                {
                    n.Fail(Obstacle.NoAddress);
                }
            };
        }

        return MailboxAddress.TryParse(address, out var to)
            ? Outcome(await post.Post(write.ToCalendar(notice, appointment, region, new(name, to.Address)), ct))
            : n => n.Fail(Obstacle.BadAddress);
    }

    private async Task<Action<Notice>> ToResident(Notice notice, Appointment? appointment, CancellationToken ct)
    {
        if (await intake.Contact(notice.ReferralId, ct) is not { } resident)
        {
            return n => n.Postpone(Obstacle.IntakeUnavailable, clock.GetUtcNow(), Random.Shared.NextDouble());
        }

        var region = await known.Get(ct);
        if (resident.Email is { Length: > 0 } email && MailboxAddress.TryParse(email, out var to))
        {
            var link = await links.Make(notice.ReferralId, Until(notice), ct);
            return Outcome(await post.Post(write.ToResident(notice, appointment, region, new("", to.Address), link), ct));
        }

        if (notice.Kind is not NoticeKind.Reminder)
        {
            return n => n.HandOver(NoticeState.ToPrint, Obstacle.NoAddress);
        }

        if (TextMessages.MobileAmong(resident.Telephones) is not { } number)
        {
            return n => n.HandOver(NoticeState.ToCall, Obstacle.NoAddress); // a letter would come too late
        }

        await texts.Send(notice.MessageName, number, write.Text(notice, region), ct);
        return n => n.MarkSent(Channel.Sms, clock.GetUtcNow());
    }

    /// <summary>A link to choose with lives so many days; one to an appointment until it begins.</summary>
    internal DateTimeOffset Until(Notice notice) =>
        notice.Kind is NoticeKind.Choice ? clock.GetUtcNow().AddDays(rules.LinkDays) : notice.StartsAt;

    private Action<Notice> Outcome(Hindered? hindered) => hindered switch
    {
        null => n => n.MarkSent(Channel.Email, clock.GetUtcNow()),
        { MayPass: true } => n => n.Postpone(hindered.Obstacle, clock.GetUtcNow(), Random.Shared.NextDouble()),
        { Obstacle: Obstacle.BadAddress } => Undeliverable,
        _ => n => n.Fail(hindered.Obstacle),
    };

    // Where the resident's own address does not work, a letter does.
    private static void Undeliverable(Notice notice)
    {
        if (notice.Addressee is Addressee.Resident)
        {
            notice.HandOver(notice.Kind is NoticeKind.Reminder ? NoticeState.ToCall : NoticeState.ToPrint, Obstacle.BadAddress);
        }
        else
        {
            notice.Fail(Obstacle.BadAddress);
        }
    }

    private async Task Save(Notice notice, Action<Notice> outcome, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            outcome(notice);
            if (notice is { State: NoticeState.Sent, Addressee: Addressee.Resident })
            {
                db.Audit.Add(AuditEntry.Of("E", "planning", $"Referral/{notice.ReferralId}", "inform-resident", clock.GetUtcNow()));
            }

            try
            {
                await db.SaveChangesAsync(ct);
                return;
            }
            catch (DbUpdateConcurrencyException) when (attempt < 3)
            {
                // A planner, or newer news, wrote it in the same moment; that it went is still true.
                db.ChangeTracker.Clear();
                notice = await db.Notices.SingleAsync(n => n.Id == notice.Id, ct);
            }
        }
    }
}

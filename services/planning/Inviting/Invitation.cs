using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Web;

namespace VGIntegration.Planning.Inviting;

/// <summary>
/// What a calendar gets (RFC 5545, RFC 5546): one event for one conversation, under one UID for ever. It holds nothing of the
/// resident but the code by which professionals know the referral.
/// </summary>
internal sealed class Invitation(Region region, MailRules mail, InvitingRules rules)
{
    internal const string TimeZone = "Europe/Amsterdam";
    private const string Product = "-//VGIntegration//Verkennend gesprek//NL";

    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>For one addressee: come, or it is off.</summary>
    internal string For(Notice notice, Appointment appointment)
    {
        var isOff = notice.Kind is NoticeKind.Cancellation;
        var calendar = Empty(notice.StartsAt);
        calendar.Method = isOff ? CalendarMethods.Cancel : CalendarMethods.Request;
        var told = Event(appointment, notice.LocationId, notice.StartsAt, notice.EndsAt, (int)notice.Sequence, notice.CreatedAt, isOff);
        told.Organizer = new Organizer($"mailto:{mail.From}") { CommonName = mail.Name };
        foreach (var attendee in Attendees(notice, appointment))
        {
            told.Attendees.Add(attendee);
        }

        calendar.Events.Add(told);
        return Text(calendar);
    }

    /// <summary>Everything of one professional, for a calendar program that subscribes.</summary>
    internal string Feed(IReadOnlyList<Appointment> appointments, DateTimeOffset now)
    {
        var calendar = Empty(appointments.Count == 0 ? now : appointments.Min(a => a.StartsAt));
        calendar.Method = CalendarMethods.Publish;
        calendar.Properties.Add(new CalendarProperty("X-WR-CALNAME", "Verkennende gesprekken"));
        calendar.Properties.Add(new CalendarProperty("REFRESH-INTERVAL;VALUE=DURATION", "PT1H"));
        foreach (var a in appointments)
        {
            calendar.Events.Add(Event(a, a.LocationId, a.StartsAt, a.EndsAt, a.Sequence, a.ChangedAt, a.Status is AppointmentStatus.Cancelled));
        }

        return Text(calendar);
    }

    private static Calendar Empty(DateTimeOffset from)
    {
        var calendar = new Calendar { ProductId = Product };
        calendar.AddTimeZone(VTimeZone.FromDateTimeZone(TimeZone, TimeZoneInfo.ConvertTime(from, Amsterdam).DateTime.AddYears(-1), false));
        return calendar;
    }

    private CalendarEvent Event(
        Appointment appointment, Guid locationId, DateTimeOffset startsAt, DateTimeOffset endsAt, int sequence, DateTimeOffset stamp, bool isOff) => new()
        {
            Uid = $"{appointment.ConversationId:N}@{mail.Domain}",
            Sequence = sequence,
            DtStamp = new CalDateTime(stamp.UtcDateTime, "UTC"),
            Start = Local(startsAt),
            End = Local(endsAt),
            Status = isOff ? EventStatus.Cancelled : EventStatus.Confirmed,
            Summary = $"{(isOff ? "Vervallen: " : "")}Verkennend gesprek {Dutch.Code(appointment.ReferralId)}",
            Location = region.Locations.TryGetValue(locationId, out var place) ? $"{place.Name}, {place.Address}" : null,
            Description = isOff
                ? "Dit gesprek gaat niet door, of is niet meer voor u."
                : $"Na het gesprek neemt u 20 minuten om samen te evalueren.\nMeer: {new Uri(rules.Site, "/planning/conversations")}",
            Url = new Uri(rules.Site, "/planning/conversations"),
        };

    // Who is told that it is no longer theirs is the only one in it: the others come.
    private IEnumerable<Attendee> Attendees(Notice notice, Appointment appointment)
    {
        var professionals = notice.Kind is NoticeKind.Cancellation && notice.Addressee is Addressee.Professional
            ? [notice.AddresseeId]
            : appointment.Professionals;
        foreach (var person in professionals.Where(region.Professionals.ContainsKey).Select(id => region.Professionals[id]).Where(p => p.Email is { Length: > 0 }))
        {
            yield return new Attendee($"mailto:{person.Email}")
            {
                CommonName = person.Name,
                Role = ParticipationRole.RequiredParticipant,
                ParticipationStatus = EventParticipationStatus.NeedsAction,
                Rsvp = false,
            };
        }

        if (region.Locations.TryGetValue(notice.LocationId, out var room) && room.Email is { Length: > 0 } address)
        {
            yield return new Attendee($"mailto:{address}") { CommonName = room.Name, Type = "ROOM", Role = ParticipationRole.NonParticipant, Rsvp = false };
        }
    }

    private static CalDateTime Local(DateTimeOffset at) => new(TimeZoneInfo.ConvertTime(at, Amsterdam).DateTime, TimeZone);

    private static string Text(Calendar calendar) => new CalendarSerializer().SerializeToString(calendar)!;
}

using System.Globalization;
using MimeKit;
using MimeKit.Text;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Web;

namespace VGIntegration.Planning.Inviting;

/// <summary>The words of a notice. To the resident in plain Dutch (B1) with English below; never why they were referred.</summary>
internal sealed class WriteMail(MailRules mail, InvitingRules rules)
{
    private static readonly CultureInfo England = CultureInfo.GetCultureInfo("en-GB");
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    /// <summary>With the event for the calendar in it.</summary>
    internal MimeMessage ToCalendar(Notice notice, Appointment appointment, Region region, MailboxAddress to)
    {
        var isOff = notice.Kind is NoticeKind.Cancellation;
        var (code, moment) = (Dutch.Code(notice.ReferralId), Dutch.Moment(notice.StartsAt));
        var message = Message(notice, to, $"{(isOff ? "Vervallen" : notice.Sequence > 0 ? "Gewijzigd" : "Uitnodiging")}: verkennend gesprek {code}, {moment}");
        var text = isOff
            ? $"Het verkennend gesprek {code} van {moment} gaat niet door, of is niet meer voor u.\r\nHet vervalt in uw agenda."
            : string.Join("\r\n",
                $"Verkennend gesprek {code}{(notice.Sequence > 0 ? " is gewijzigd" : "")}.",
                "",
                $"Wanneer: {moment}, tot {Dutch.Time(notice.EndsAt)} uur",
                $"Waar: {Place(region, notice.LocationId)}",
                $"Duo: {string.Join(" en ", appointment.Professionals.Where(region.Professionals.ContainsKey).Select(id => region.Professionals[id].Name))}",
                "",
                $"Alles over dit gesprek: {new Uri(rules.Site, "/planning/conversations")}",
                "Kunt u niet? Laat het de planner meteen weten.");
        var calendar = new TextPart("calendar") { ContentTransferEncoding = ContentEncoding.Base64 };
        calendar.SetText(System.Text.Encoding.UTF8, new Invitation(region, mail, rules).For(notice, appointment));
        calendar.ContentType.Parameters.Add("method", isOff ? "CANCEL" : "REQUEST");
        message.Body = new MultipartAlternative { new TextPart(TextFormat.Plain) { Text = $"{text}\r\n" }, calendar };
        return message;
    }

    internal MimeMessage ToResident(Notice notice, Appointment? appointment, Region region, MailboxAddress to, Uri link)
    {
        var message = Message(notice, to, Subject(notice));
        message.Body = new TextPart(TextFormat.Plain) { Text = string.Join("\r\n", Words(notice, appointment, region, link)) + "\r\n" };
        return message;
    }

    /// <summary>What stands in the mail and in the letter, a paragraph each.</summary>
    internal IEnumerable<string> Words(Notice notice, Appointment? appointment, Region region, Uri link)
    {
        yield return "Goedendag,";
        yield return "";
        foreach (var line in Dutchly(notice, appointment, region, link))
        {
            yield return line;
        }

        yield return Contact("Hebt u een vraag? Bel ons: {0}.", "Hebt u een vraag? Bel degene die u over dit gesprek belde.");
        yield return "";
        yield return "Met vriendelijke groet,";
        yield return mail.Name;
        yield return "";
        yield return "--- English ---";
        yield return "";
        foreach (var line in Englishly(notice, region, link))
        {
            yield return line;
        }

        yield return Contact("Any questions? Call us: {0}.", "Any questions? Call the person who called you about this conversation.");
    }

    internal string Text(Notice notice, Region region) =>
        $"Herinnering: uw gesprek is op {Dutch.Moment(notice.StartsAt)}, {Place(region, notice.LocationId)}. {Contact("Kunt u niet? Bel {0}.", "Kunt u niet? Bel ons dan.")}";

    internal static string Subject(Notice notice) => notice.Kind switch
    {
        NoticeKind.Choice => "Kies een moment voor uw gesprek",
        NoticeKind.CalledOff => "Uw gesprek gaat niet door",
        NoticeKind.Reminder => $"Herinnering: uw gesprek op {Dutch.Moment(notice.StartsAt)}",
        _ when notice.Sequence > 0 => $"Uw gesprek is gewijzigd: {Dutch.Moment(notice.StartsAt)}",
        _ => $"Uw gesprek op {Dutch.Moment(notice.StartsAt)}",
    };

    internal static string Place(Region region, Guid locationId) =>
        region.Locations.TryGetValue(locationId, out var place) ? $"{place.Name}, {place.Address}" : "";

    private static IEnumerable<string> Dutchly(Notice notice, Appointment? appointment, Region region, Uri link)
    {
        switch (notice.Kind)
        {
            case NoticeKind.Choice:
                yield return "U krijgt binnenkort een gesprek. U kunt zelf kiezen wanneer en waar.";
                yield return "Kijk hier welke momenten er zijn en kies er een:";
                break;
            case NoticeKind.CalledOff:
                yield return $"Uw gesprek op {Dutch.Moment(notice.StartsAt)} gaat niet door. U hoeft niets te doen.";
                yield break;
            default:
                yield return notice.Kind is NoticeKind.Reminder ? "Binnenkort hebt u een gesprek."
                    : notice.Sequence > 0 ? "Uw gesprek is gewijzigd. Dit is nu de afspraak." : "U hebt een afspraak voor een gesprek.";
                yield return "";
                yield return $"Wanneer: {Dutch.Moment(notice.StartsAt)}, tot {Dutch.Time(notice.EndsAt)} uur";
                yield return $"Waar: {Place(region, notice.LocationId)}";
                foreach (var person in (appointment?.Professionals ?? []).Where(region.Professionals.ContainsKey).Select(id => region.Professionals[id]))
                {
                    yield return $"Met: {person.Name}, {person.Profession}";
                }

                yield return "";
                yield return "U mag iemand meenemen. Het gesprek is gratis.";
                yield return "Kunt u niet, of wilt u iets doorgeven? Dat kan hier:";
                break;
        }

        yield return link.ToString();
        yield return "Deze link is alleen voor u. Geef hem niet door.";
        yield return "";
    }

    private static IEnumerable<string> Englishly(Notice notice, Region region, Uri link)
    {
        var moment = TimeZoneInfo.ConvertTime(notice.StartsAt, Amsterdam).ToString("dddd d MMMM yyyy, HH:mm", England);
        yield return notice.Kind switch
        {
            NoticeKind.Choice => $"You will have a conversation soon. Choose when and where: {link}?taal=en",
            NoticeKind.CalledOff => $"Your conversation on {moment} has been cancelled. You do not have to do anything.",
            _ => $"Your conversation is on {moment}, at {Place(region, notice.LocationId)}. You may bring somebody. To change or cancel it: {link}?taal=en",
        };
    }

    private string Contact(string with, string without) =>
        rules.Telephone is { } number ? string.Format(CultureInfo.InvariantCulture, with, number) : without;

    private MimeMessage Message(Notice notice, MailboxAddress to, string subject)
    {
        var message = new MimeMessage { Subject = subject, Date = notice.CreatedAt, MessageId = $"{notice.MessageName}@{mail.Domain}" };
        message.From.Add(new MailboxAddress(mail.Name, mail.From));
        message.To.Add(to);
        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: no holiday answers
        return message;
    }
}

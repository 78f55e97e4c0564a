using Ical.Net.CalendarComponents;
using VGIntegration.Planning.Inviting;
using VGIntegration.Planning.Registry;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Inviting;

public sealed class InvitationTests
{
    private static readonly string Golden = Path.Combine(Repository.Root, "tests/planning/Inviting/golden");

    [Fact]
    public async Task Booked_moved_three_times_and_cancelled_is_one_event_in_every_calendar()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        var booked = await planning.Books(referral);
        await Told(planning, referral);
        for (var move = 0; move < 3; move++)
        {
            await planning.Books(referral);
            await Told(planning, referral);
        }

        Assert.Null(await planning.Withdraws(referral));
        var mails = await Told(planning, referral);

        var calendars = mails.Where(m => m.CalendarPart() is not null).GroupBy(m => m.To.ToString()).ToList();
        Assert.Equal(3, calendars.Count); // two professionals and the room
        foreach (var calendar in calendars)
        {
            var known = new Dictionary<string, CalendarEvent>();
            foreach (var told in calendar.Select(m => Calendars.Read(m.CalendarPart()!)))
            {
                var it = Assert.Single(told.Events);
                Assert.Equal("Europe/Amsterdam", Assert.Single(told.TimeZones).TzId);
                Assert.True(!known.TryGetValue(it.Uid!, out var was) || it.Sequence > was.Sequence, "each tells more than the one before");
                known[it.Uid!] = it;
            }

            var only = Assert.Single(known.Values);
            Assert.Equal((5, "CANCELLED", 4), (calendar.Count(), only.Status, only.Sequence));
            Assert.StartsWith($"{booked.Id:N}@", only.Uid, StringComparison.Ordinal);
        }

        Assert.All(calendars[0], m => Assert.Contains("END:VEVENT\r\n", Raw(m), StringComparison.Ordinal)); // RFC 5545, 3.1
        Assert.Equal(["REQUEST", "REQUEST", "REQUEST", "REQUEST", "CANCEL"], calendars[0].Select(m => Calendars.Read(m.CalendarPart()!).Method));
        Assert.Equal(mails.Count, mails.Select(m => m.MessageId).Distinct().Count());
        AssertGolden(calendars[0].Select(m => m.CalendarPart()!), booked.Id, referral);
    }

    [Fact]
    public async Task Nothing_of_the_resident_is_in_what_professionals_get()
    {
        await using var planning = await PlanningHost.Start();
        planning.Email = "wilhelmina@verzonnen.example";
        var referral = await planning.AReferral();
        await planning.Books(referral);

        var mails = await Told(planning, referral);

        var toProfessionals = mails.Where(m => m.CalendarPart() is not null).Select(m => $"{m} {m.CalendarPart()}").ToList();
        Assert.Equal(3, toProfessionals.Count);
        Assert.All(toProfessionals, m => Assert.All(
            [PlanningHost.Resident, PlanningHost.Telephone, "Verzonnen", "wilhelmina", "1980", "Somber"],
            secret => Assert.DoesNotContain(secret, m, StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [InlineData("2026-10-23T07:00:00Z", 9)] // summer time, two days before the clock goes back
    [InlineData("2026-10-26T08:00:00Z", 9)] // winter time, the day after
    [InlineData("2027-03-26T08:00:00Z", 9)]
    [InlineData("2027-03-29T07:00:00Z", 9)]
    public async Task Nine_in_the_morning_is_nine_in_the_morning_on_both_sides_of_the_night_the_clock_changes(string utc, int hour)
    {
        await using var planning = await PlanningHost.Start();
        var startsAt = DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture);
        var appointment = Appointment.Book(
            Guid.NewGuid(), Guid.NewGuid(), new(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), startsAt, startsAt.AddMinutes(90)), 1, startsAt.AddDays(-9));

        var text = await planning.Within(async services => new Invitation(
            await Service<KnownRegion>(services).Get(default), Service<MailRules>(services), Service<InvitingRules>(services)).Feed([appointment], startsAt));

        var read = Assert.Single(Calendars.Read(text).Events);
        Assert.Equal(hour, read.Start!.Value.Hour);
        Assert.Equal(startsAt.UtcDateTime, read.Start.AsUtc);
    }

    [Fact]
    public async Task Who_is_replaced_hears_that_it_is_off_and_who_comes_is_invited()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        var booked = await planning.Books(referral);
        await Told(planning, referral);
        var other = (await planning.Within(async s => (await Service<KnownRegion>(s).Get(default)).Professionals.Values
            .First(p => p.Discipline is Discipline.MentalHealth && p.Id != booked.MentalHealthProfessionalId))).Id;
        await planning.Tell(new VGIntegration.Contracts.Planning.ProfessionalReplaced
        {
            ReferralId = referral,
            Sequence = 90,
            OccurredAt = planning.Clock.GetUtcNow(),
            ConversationId = booked.Id,
            MentalHealthProfessionalId = other,
            SocialDomainProfessionalId = booked.SocialDomainProfessionalId,
            ReplacedProfessionalId = booked.MentalHealthProfessionalId,
        }, Guid.NewGuid());

        var mails = (await planning.Post()).Where(m => m.CalendarPart() is not null)
            .Select(m => Calendars.Read(m.CalendarPart()!)).Where(c => c.Events.Single()!.Sequence == 1).ToList();

        var cancelled = Assert.Single(mails, c => c.Method == "CANCEL").Events.Single()!;
        Assert.Equal(2, cancelled.Attendees.Count); // the one who leaves, and the room
        Assert.Equal(3, mails.Count(c => c.Method == "REQUEST"));
        Assert.Single(mails.SelectMany(c => c.Events).Select(e => e!.Uid).Distinct());
    }

    private static string Raw(MimeKit.MimeMessage mail)
    {
        using var content = new MemoryStream();
        mail.BodyParts.OfType<MimeKit.TextPart>().Single(p => p.ContentType.IsMimeType("text", "calendar")).Content!.DecodeTo(content);
        return System.Text.Encoding.UTF8.GetString(content.ToArray());
    }

    private static T Service<T>(IServiceProvider services)
        where T : notnull => (T)services.GetService(typeof(T))!;

    private static async Task<List<MimeKit.MimeMessage>> Told(PlanningHost planning, Guid referral)
    {
        await planning.Follow(referral);
        var mails = await planning.Post();
        planning.Clock.Advance(TimeSpan.FromMinutes(1));
        return mails;
    }

    // To write them anew: VG_GOLDEN=write, and read the difference.
    private static void AssertGolden(IEnumerable<string> calendars, Guid conversation, Guid referral)
    {
        foreach (var (calendar, i) in calendars.Select((c, i) => (c, i + 1)))
        {
            var file = Path.Combine(Golden, $"{i}.ics");
            var plain = calendar.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n ", "", StringComparison.Ordinal)
                .Replace($"{conversation:N}", "CONVERSATION", StringComparison.Ordinal)
                .Replace(People.Code(referral), "VG-REFERRAL", StringComparison.Ordinal);
            if (Environment.GetEnvironmentVariable("VG_GOLDEN") == "write")
            {
                Directory.CreateDirectory(Golden);
                File.WriteAllText(file, plain);
            }

            Assert.Equal(File.ReadAllText(file), plain);
        }
    }
}

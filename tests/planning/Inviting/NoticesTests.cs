using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MimeKit;
using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Inviting;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Inviting;

public sealed class NoticesTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_resident_with_an_address_hears_by_mail_and_nothing_of_it_is_stored()
    {
        await using var planning = await PlanningHost.Start();
        planning.Email = "wilhelmina@verzonnen.example";
        var referral = await planning.AReferral();
        await planning.Books(referral);
        await planning.Follow(referral);

        var mail = Assert.Single(await planning.Post(), m => m.To.ToString().Contains(planning.Email, StringComparison.Ordinal));

        Assert.Contains("/uw-gesprek/", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("English", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(PlanningHost.Resident, mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Somber", mail.TextBody, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(planning.Data))
        {
            await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            Assert.DoesNotContain("wilhelmina", await new StreamReader(content).ReadToEndAsync(Ct), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Without_an_address_there_is_a_letter_to_print_and_the_planner_says_when_it_is_posted()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        await planning.Books(referral);
        await planning.Follow(referral);
        await planning.Post();
        using var planner = planning.Planner();
        var list = await planner.Open("/planning/notices");

        var letter = await planner.Submit(list.Form("Maak de brief"));
        var after = await planner.Submit(list.Form("De brief is op de post"));
        var empty = await planner.Open("/planning/notices");

        Assert.Contains("Brief nodig", list.Text, StringComparison.Ordinal);
        Assert.Contains(PlanningHost.Resident, letter.Text, StringComparison.Ordinal);
        Assert.Contains("1182 AB Amstelveen", letter.Text, StringComparison.Ordinal);
        Assert.Contains("/uw-gesprek/", letter.Text, StringComparison.Ordinal);
        Assert.Contains("de brief is op de post", after.Text, StringComparison.Ordinal);
        Assert.Contains("Niets vraagt nu uw aandacht", empty.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_twice_not_even_when_the_same_message_comes_again_or_the_sender_dies_before_it_writes_it_down()
    {
        await using var planning = await PlanningHost.Start();
        planning.Email = "wilhelmina@verzonnen.example";
        var referral = await planning.AReferral();
        await planning.Books(referral);
        await planning.Follow(referral);
        var before = await planning.Post();
        foreach (var scheduled in (await planning.Told(referral)).OfType<ConversationScheduled>())
        {
            await planning.Tell(scheduled, Guid.NewGuid()); // under another id: the inbox does not know it
        }

        await planning.InDatabase(db => db.Notices.Where(n => n.State == NoticeState.Sent) // it was sent, and that was not written down
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.State, NoticeState.Waiting), Ct));

        var after = await planning.Post();

        Assert.Equal(before.Select(m => m.MessageId).Order(), after.Select(m => m.MessageId).Order());
        Assert.Equal(4, await planning.InDatabase(db => db.Notices.CountAsync(Ct))); // two professionals, the room, the resident; it is too soon to remind
    }

    [Fact]
    public async Task A_mail_server_that_is_away_is_tried_again_and_a_refusal_waits_for_the_planner()
    {
        var server = new MoodyServer();
        await using var planning = await PlanningHost.Start([], builder => builder.Services.Replace(ServiceDescriptor.Singleton<IPostOffice>(server)));
        var referral = await planning.AReferral();
        await planning.Books(referral);
        await planning.Follow(referral);
        using var planner = planning.Planner();

        server.Mood = new(Obstacle.ServerUnreachable, MayPass: true);
        await planning.Post();
        var away = await planner.Open("/planning/notices");
        server.Mood = new(Obstacle.Refused, MayPass: false);
        planning.Clock.Advance(TimeSpan.FromMinutes(1));
        await planning.Post();
        await Eventually.Is(() => planning.InDatabase(async db => await db.Notices.CountAsync(n => n.State == NoticeState.Failed, Ct) == 3));
        var refused = await planner.Open("/planning/notices");
        server.Mood = null;
        await planner.Submit(refused.Forms.First(f => f.Html.Contains("Verstuur opnieuw", StringComparison.Ordinal)));
        await planning.Post();

        Assert.Contains("mailserver is niet bereikbaar", away.Text, StringComparison.Ordinal);
        Assert.Contains("Mislukt", refused.Text, StringComparison.Ordinal);
        Assert.Single(server.Taken);
        Assert.Equal(2, await planning.InDatabase(db => db.Notices.CountAsync(n => n.State == NoticeState.Failed, Ct)));
    }

    [Fact]
    public async Task The_resident_is_reminded_two_days_before_at_ten_by_text_message_where_there_is_no_mail()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        var booked = await planning.Books(referral);
        booked = await planning.Books(referral);
        for (var i = 0; i < 3; i++)
        {
            booked = await planning.Books(referral);
        }

        await planning.Follow(referral);
        await planning.Post();
        var sms = Path.Combine(planning.Data, "sms");
        var early = Directory.Exists(sms);
        planning.Clock.SetUtcNow(booked.StartsAt.AddDays(-1).AddHours(-1));

        await planning.Post();

        Assert.False(early);
        var text = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(sms)), Ct);
        Assert.StartsWith(PlanningHost.Telephone, text, StringComparison.Ordinal);
        Assert.Contains("Herinnering", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_death_nobody_writes_to_the_resident()
    {
        await using var planning = await PlanningHost.Start();
        planning.Email = "wilhelmina@verzonnen.example";
        var referral = await planning.AReferral();
        await planning.Books(referral);
        await planning.Follow(referral);
        await planning.Tell(
            new ReferralClosed { ReferralId = referral, Sequence = 90, OccurredAt = planning.Clock.GetUtcNow(), Reason = ClosingReason.Deceased }, Guid.NewGuid());

        var mails = await planning.Post();

        Assert.DoesNotContain(mails, m => m.To.ToString().Contains("wilhelmina", StringComparison.Ordinal));
        Assert.Equal(3, mails.Count(m => m.CalendarPart()?.Contains("METHOD:CANCEL", StringComparison.Ordinal) is true));
    }

    [Fact]
    public async Task Messages_in_another_order_leave_the_last_that_happened()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        await planning.Books(referral);
        var moved = await planning.Books(referral);
        foreach (var message in (await planning.Told(referral)).AsEnumerable().Reverse())
        {
            switch (message)
            {
                case ConversationScheduled scheduled: await planning.Tell(scheduled, Guid.NewGuid()); break;
                case ConversationRescheduled rescheduled: await planning.Tell(rescheduled, Guid.NewGuid()); break;
            }
        }

        var appointment = await planning.InDatabase(db => db.Appointments.SingleAsync(Ct));

        Assert.Equal((moved.StartsAt, AppointmentStatus.Booked), (appointment.StartsAt, appointment.Status));
    }

    [Fact]
    public async Task A_professional_subscribes_with_a_secret_that_a_new_one_replaces()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        var booked = await planning.Books(referral);
        await planning.Follow(referral);
        using var ggz = planning.Professional("ggz");
        var page = await ggz.Open("/planning/calendar");
        var form = page.Forms.First(f => f["id"] == $"{booked.MentalHealthProfessionalId}");
        using var program = planning.App.Stranger();

        var first = Address(await ggz.Submit(form));
        var read = await program.GetAsync(first, Ct);
        var second = Address(await ggz.Submit(form));
        var (old, unknown, renewed) = (await program.GetAsync(first, Ct), await program.GetAsync(new Uri("/planning/calendar/abc.ics", UriKind.Relative), Ct), await program.GetAsync(second, Ct));

        Assert.Equal("text/calendar", read.Content.Headers.ContentType!.MediaType);
        Assert.True(read.Headers.CacheControl!.Private);
        Assert.Contains($"{booked.Id:N}@", await read.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK], new[] { old.StatusCode, unknown.StatusCode, renewed.StatusCode });
        Assert.DoesNotContain(first.ToString().Split('/')[^1][..64], string.Concat(await planning.InDatabase(db => db.CalendarFeeds.Select(f => f.SecretHash).ToListAsync(Ct))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_professional_cannot_renew_the_calendar_of_another_nor_read_the_notices()
    {
        await using var planning = await PlanningHost.Start();
        using var sociaal = planning.Professional("sociaal");
        using var ggz = planning.Professional("ggz");
        var form = (await ggz.Open("/planning/calendar")).Forms.First(f => f.Html.Contains("agenda-adres", StringComparison.Ordinal));
        var own = (await sociaal.Open("/planning/calendar")).Forms.First(f => f.Html.Contains("agenda-adres", StringComparison.Ordinal));

        var answer = await sociaal.Submit(own, ("id", form["id"]));
        var notices = await sociaal.Open("/planning/notices");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(HttpStatusCode.Forbidden, notices.Status);
    }

    [Fact]
    public async Task In_the_demo_a_visitor_reads_the_mail_and_nowhere_else()
    {
        await using var demo = await PlanningHost.Start("--demo=true");
        await using var real = await PlanningHost.Start();
        var referral = await demo.AReferral();
        await demo.Books(referral);
        await demo.Follow(referral);
        await demo.Post();
        using var visitor = demo.Planner();
        using var planner = real.Planner();
        var list = await visitor.Open("/planning/mail");

        var mail = await visitor.Open(list.Link("Uitnodiging"));
        var nowhere = await planner.Open("/planning/mail");

        Assert.Contains("BEGIN:VCALENDAR", mail.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, nowhere.Status);
    }

    private static Uri Address(Page page) => new(
        new Uri(System.Text.RegularExpressions.Regex.Match(page.Text, @"https?://\S+\.ics").Value).AbsolutePath, UriKind.Relative);

    private sealed class MoodyServer : IPostOffice
    {
        internal Hindered? Mood { get; set; }

        internal List<string> Taken { get; } = [];

        public Task<Hindered?> Post(MimeMessage mail, CancellationToken ct)
        {
            if (Mood is null)
            {
                Taken.Add(mail.MessageId!);
            }

            return Task.FromResult(Mood);
        }
    }
}

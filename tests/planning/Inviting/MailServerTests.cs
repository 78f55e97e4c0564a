using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using VGIntegration.Planning.Inviting;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Inviting;

/// <summary>The invitations of one booking to a mail server that speaks SMTP: to two professionals, the room and the resident.</summary>
public sealed class MailServerTests : IAsyncDisposable
{
    private const string Resident = "wilhelmina@verzonnen.example";
    private const string From = "planning@regio.example";

    private PlanningHost? _planning;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_planning is not null)
        {
            await _planning.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task Every_participant_gets_one_mail_that_a_mail_program_reads_and_the_server_knows_who_sends_it(string database)
    {
        await using var server = new MailServerStub();
        string[] store = database is "Sqlite" ? []
            : ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={await (await PostgreSqlServer.Shared).CreateDatabase()}"];
        await Booked(server, ["--Mail:UserName=regio", "--Mail:Password=geheim", .. store]);

        await Send();

        Assert.Equal(4, server.Taken.Count);
        Assert.All(server.Taken, m => Assert.Equal((From, "regio"), (m.From, m.UserName)));
        Assert.Equal(4, server.Taken.SelectMany(m => m.To).Distinct().Count());
        var mails = server.Taken.Select(Read).ToList();
        Assert.Equal(3, mails.Count(m => m.CalendarPart()?.Contains("METHOD:REQUEST", StringComparison.Ordinal) is true));
        Assert.Contains("/uw-gesprek/", Assert.Single(mails, m => m.To.ToString().Contains(Resident, StringComparison.Ordinal)).TextBody, StringComparison.Ordinal);
        Assert.Equal((4, 0), await Counted());
    }

    [Fact]
    public async Task A_busy_server_is_tried_again_and_gets_each_mail_once()
    {
        await using var server = new MailServerStub { Mood = MailMood.IsBusy };
        await Booked(server);
        await Send();
        var before = await Counted();

        server.Mood = MailMood.Takes;
        await Later();

        Assert.Equal((0, 4), before);
        Assert.Equal(4, server.Taken.Count);
    }

    [Fact]
    public async Task A_line_that_is_cut_before_the_answer_gives_the_same_mail_again_never_another()
    {
        await using var server = new MailServerStub { Mood = MailMood.TakesAndCuts };
        await Booked(server);
        await Send();

        server.Mood = MailMood.Takes;
        await Later();

        Assert.Equal(8, server.Taken.Count);
        Assert.Equal(4, server.Taken.Select(m => Read(m).MessageId).Distinct().Count()); // mail programs show one of each
    }

    [Fact]
    public async Task An_address_that_does_not_exist_becomes_a_letter_for_the_resident_and_work_for_the_planner()
    {
        await using var server = new MailServerStub { Mood = MailMood.KnowsNobody };
        await Booked(server);

        await Send();

        using var planner = _planning!.Planner();
        var page = await planner.Open("/planning/notices");
        Assert.Contains("Brief nodig", page.Text, StringComparison.Ordinal);
        Assert.Contains("Mislukt", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody of that name", page.Text, StringComparison.Ordinal);
        Assert.Equal(3, await _planning.InDatabase(db => db.Notices.CountAsync(n => n.State == NoticeState.Failed && n.Obstacle == Obstacle.BadAddress, Ct)));
    }

    [Fact]
    public async Task A_mail_that_the_server_will_not_have_waits_for_a_person()
    {
        await using var server = new MailServerStub { Mood = MailMood.Refuses };
        await Booked(server);

        await Send();
        _planning!.Clock.Advance(TimeSpan.FromHours(1));
        await Send();

        Assert.Equal(4, await _planning.InDatabase(db => db.Notices.CountAsync(n => n.State == NoticeState.Failed && n.Attempts == 1, Ct)));
    }

    [Theory]
    [InlineData(false)] // a server without STARTTLS
    [InlineData(true)] // a server whose certificate nobody vouches for
    public async Task Nothing_of_a_mail_goes_over_a_line_that_is_not_safe(bool offersTls)
    {
        await using var server = new MailServerStub(offersTls);
        await Booked(server, "--Mail:Security=StartTls", "--Mail:UserName=regio", "--Mail:Password=geheim");

        await Send();

        Assert.Empty(server.Taken);
        Assert.NotEmpty(server.InTheClear);
        Assert.DoesNotContain(server.InTheClear, l => l.StartsWith("AUTH", StringComparison.Ordinal) || l.StartsWith("MAIL", StringComparison.Ordinal));
        Assert.Equal((0, 4), await Counted());
    }

    private async Task Booked(MailServerStub server, params string[] settings)
    {
        _planning = await PlanningHost.Start(
            ["--Mail:Host=127.0.0.1", $"--Mail:Port={server.Port}", "--Mail:Security=None", $"--Mail:From={From}", .. settings]);
        _planning.Email = Resident;
        var referral = await _planning.AReferral();
        await _planning.Books(referral);
        await _planning.Follow(referral);
    }

    private async Task Send()
    {
        while (await _planning!.App.Services.GetRequiredService<SendNotices>().SendDue(Ct) > 0)
        {
        }
    }

    // The host's own sender wakes with the clock.
    private async Task Later()
    {
        _planning!.Clock.Advance(TimeSpan.FromHours(1));
        await Eventually.Is(async () => await Counted() == (4, 0));
    }

    private Task<(int Sent, int Waiting)> Counted() => _planning!.InDatabase(async db =>
        (await db.Notices.CountAsync(n => n.State == NoticeState.Sent, Ct), await db.Notices.CountAsync(n => n.State == NoticeState.Waiting && n.Kind != NoticeKind.Reminder, Ct)));

    private static MimeMessage Read(TakenMail mail) => MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(mail.Text)), Ct);
}

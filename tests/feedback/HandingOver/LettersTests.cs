using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using UglyToad.PdfPig;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.HandingOver;

public sealed class LettersTests : IAsyncLifetime
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly string _folder = Sandbox.Folder("letters");
    private FeedbackHost _feedback = null!;

    public async ValueTask InitializeAsync() => _feedback = await FeedbackHost.Start(
        $"--Practices:{Examples.PracticeId}:MailAddress=praktijk@zorg.example.nl", $"--Returning:SecureMail:Folder={_folder}");

    public ValueTask DisposeAsync() => _feedback.DisposeAsync();

    [Fact]
    public async Task A_manager_downloads_the_letter_and_what_is_handed_over_is_received()
    {
        var (referralId, letter) = await ALetterByHand();
        using var manager = PageClient.LoggedInAs(_feedback.App, "mira", "manager");
        var list = await manager.Open("/feedback/letters");

        var pdf = await manager.Download(list.Link("Download de brief"));
        var done = await manager.Submit((await manager.Open("/feedback/letters")).Form("handler=HandedOver"));

        Assert.Contains("Huisartsenpraktijk De Verzonnen Brug", list.Text, StringComparison.Ordinal);
        Assert.Contains("scheiding", Text(pdf), StringComparison.Ordinal);
        Assert.DoesNotContain(FeedbackHost.Bsn, Text(pdf), StringComparison.Ordinal); // a person is no care provider's system
        Assert.Contains("door mira", done.Text, StringComparison.Ordinal);
        var returned = Assert.Single(await _feedback.Told<AdviceReturned>(referralId));
        Assert.Equal((3, $"{letter.Id}"), (returned.Sequence, returned.DocumentReferenceId));
        Assert.Equal(DeliveryState.Delivered, (await _feedback.DeliveryOf(referralId)).State);
        var audit = await _feedback.InDatabase(db => db.Audit.Where(a => a.Who == "mira").Select(a => a.Why).ToListAsync(Ct));
        Assert.Equal(["download-letter", "hand-letter-over"], audit);
        using var intake = _feedback.App.WithToken("intake", "letter.read");
        Assert.Contains("DocumentReference", await intake.GetStringAsync(new Uri($"/internal/referrals/{referralId}/letters/{letter.Id}", UriKind.Relative), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_printed_cannot_have_been_handed_over()
    {
        var (referralId, _) = await ALetterByHand();
        using var manager = PageClient.LoggedInAs(_feedback.App, "mira", "manager");

        var page = await manager.Submit((await manager.Open("/feedback/letters")).Form("handler=HandedOver"));

        Assert.Contains("Download of mail de brief eerst", page.Text, StringComparison.Ordinal);
        Assert.Equal(DeliveryState.Waiting, (await _feedback.DeliveryOf(referralId)).State);
    }

    [Fact]
    public async Task A_letter_can_be_mailed_and_its_file_is_named_after_nobody()
    {
        var (referralId, letter) = await ALetterByHand();
        using var manager = PageClient.LoggedInAs(_feedback.App, "mira", "manager");

        var page = await manager.Submit((await manager.Open("/feedback/letters")).Form("handler=Mail"));

        var file = Assert.Single(Directory.GetFiles(_folder));
        Assert.Equal($"{letter.Id:N}.eml", Path.GetFileName(file));
        var mail = await MimeMessage.LoadAsync(file, Ct);
        Assert.Equal("praktijk@zorg.example.nl", mail.To.Mailboxes.Single().Address);
        Assert.DoesNotContain("Verzonnen", mail.Subject!, StringComparison.Ordinal);
        Assert.Equal("brief.pdf", Assert.Single(mail.Attachments).ContentDisposition!.FileName);
        Assert.Contains("Gemaild op", page.Text, StringComparison.Ordinal);
        Assert.Empty(await _feedback.Told<AdviceReturned>(referralId)); // mailed is not received
    }

    [Fact]
    public async Task It_is_written_down_before_it_leaves_and_who_presses_twice_mails_once()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await MailTo(((IPEndPoint)silent.LocalEndpoint).Port);
        var (referralId, letter) = await ALetterByHand();
        using var manager = PageClient.LoggedInAs(_feedback.App, "mira", "manager");
        var form = (await manager.Open("/feedback/letters")).Form("handler=Mail");

        var first = manager.Submit(form);
        using (await silent.AcceptTcpClientAsync(Ct))
        {
            var underWay = await manager.Submit(form);

            Assert.Contains("De mail gaat net weg", underWay.Text, StringComparison.Ordinal);
            Assert.True((await _feedback.DeliveryOf(referralId)).MayBeThere);
            Assert.Equal(["mail-letter"], await WhatWasDone());
            Assert.NotNull(await MailedAt(letter.Id));
            Assert.False(silent.Pending());
        }

        Assert.Contains("De mail is niet verstuurd", (await first).Text, StringComparison.Ordinal);
        Assert.Equal(["letter-not-mailed", "mail-letter"], await WhatWasDone());
        Assert.Null(await MailedAt(letter.Id)); // it can be mailed again at once
    }

    [Fact]
    public async Task Who_presses_in_the_same_moment_as_another_mails_no_second_one()
    {
        await ALetterByHand();
        using var manager = PageClient.LoggedInAs(_feedback.App, "mira", "manager");
        var form = (await manager.Open("/feedback/letters")).Form("handler=Mail");

        await Task.WhenAll(manager.Submit(form), manager.Submit(form));
        _feedback.Jump(TimeSpan.FromSeconds(50));
        await manager.Submit(form);
        var once = await WhatWasDone();
        _feedback.Jump(TimeSpan.FromSeconds(20));
        var page = await manager.Submit(form);

        Assert.Equal(["mail-letter"], once);
        Assert.Equal(["mail-letter", "mail-letter"], await WhatWasDone()); // later it is meant
        Assert.Contains("De mail is verstuurd", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_mail_that_is_not_sent()
    {
        var file = Path.Combine(_folder, "no-folder");
        await File.WriteAllTextAsync(file, "", Ct);
        await _feedback.DisposeAsync();
        _feedback = await FeedbackHost.Start($"--Practices:{Examples.PracticeId}:MailAddress=praktijk@zorg.example.nl", $"--Returning:SecureMail:Folder={file}/letters");
        var (_, letter) = await ALetterByHand();
        using var manager = PageClient.LoggedInAs(_feedback.App, "mira", "manager");

        var page = await manager.Submit((await manager.Open("/feedback/letters")).Form("handler=Mail"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("De mail is niet verstuurd. Probeer het later opnieuw, of download de brief en geef hem zelf door.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Gemaild op", page.Text, StringComparison.Ordinal);
        Assert.Null(await MailedAt(letter.Id));
    }

    [Theory]
    [InlineData("praktijk")]
    [InlineData("praktijk@")]
    [InlineData("een praktijk in de buurt")]
    public async Task An_address_that_is_none_stops_the_start(string address)
    {
        var stopped = await Assert.ThrowsAsync<SettingException>(() => FeedbackHost.Start($"--Practices:{Examples.PracticeId}:MailAddress={address}"));

        Assert.Equal($"Practices:{Examples.PracticeId}:MailAddress must be an e-mail address.", stopped.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_of_a_letter_goes_over_a_line_that_is_not_safe(bool offersTls)
    {
        await using var server = new MailServerStub(offersTls);
        await MailTo(server.Port);
        await ALetterByHand();
        using var manager = PageClient.LoggedInAs(_feedback.App, "mira", "manager");

        var page = await manager.Submit((await manager.Open("/feedback/letters")).Form("handler=Mail"));

        Assert.Contains("De mail is niet verstuurd", page.Text, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
        Assert.DoesNotContain(server.InTheClear, l => l.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_four_hours_the_planner_hears_that_this_practice_has_no_connection()
    {
        var (referralId, _) = await ALetterByHand();

        await Eventually.Is(async () =>
        {
            _feedback.Clock.Advance(TimeSpan.FromMinutes(30));
            return (await _feedback.DeliveryOf(referralId)).IsWarned;
        });

        Assert.Equal("no-connection", Assert.Single(await _feedback.Told<AdviceUndeliverable>(referralId)).Reason);
    }

    [Fact]
    public async Task A_letter_for_a_system_is_not_for_people()
    {
        await using var practice = await PracticeStub.Start();
        practice.Now = Behaviour.Unavailable;
        var referralId = await _feedback.ASignedAdvice(practice.FhirBase);
        await _feedback.Tried(referralId, 1);
        using var manager = _feedback.App.LoggedInAs("mira", "manager");

        var answer = await manager.GetAsync(new Uri($"/feedback/letters/{(await _feedback.DeliveryOf(referralId)).Id}/letter.pdf", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task MailTo(int port)
    {
        await _feedback.DisposeAsync();
        _feedback = await FeedbackHost.Start(
            $"--Practices:{Examples.PracticeId}:MailAddress=praktijk@zorg.example.nl", "--Returning:SecureMail:Host=127.0.0.1",
            $"--Returning:SecureMail:Port={port}", "--Returning:SecureMail:From=brieven@regio.example.nl");
    }

    private Task<List<string?>> WhatWasDone() =>
        _feedback.InDatabase(db => db.Audit.Where(a => a.Who == "mira").OrderBy(a => a.Why).Select(a => (string?)a.Why).ToListAsync(Ct));

    private Task<DateTimeOffset?> MailedAt(Guid letter) =>
        _feedback.InDatabase(db => db.LetterHandOvers.Where(h => h.DeliveryId == letter).Select(h => h.MailedAt).SingleOrDefaultAsync(Ct));

    private async Task<(Guid ReferralId, Delivery Letter)> ALetterByHand()
    {
        var referralId = await _feedback.ASignedAdvice(null);
        await _feedback.Tried(referralId, 1);
        return (referralId, await _feedback.DeliveryOf(referralId));
    }

    private static string Text(byte[] bytes)
    {
        using var pdf = PdfDocument.Open(bytes);
        return string.Concat(pdf.GetPages().Select(p => p.Text));
    }
}

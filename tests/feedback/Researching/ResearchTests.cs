using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Feedback.Researching;
using VGIntegration.Hosting;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Researching;

/// <summary>No consent, no row: whoever said yes and has not stopped is in the researcher's file, and nobody else.</summary>
public sealed class ResearchTests
{
    private static readonly X509Certificate2 Researcher = Certificate(2048);

    [Fact]
    public async Task Who_says_yes_has_three_questionnaires_counted_from_the_conversation()
    {
        await using var feedback = await FeedbackHost.Start();
        var referral = await feedback.AConversationHeld();

        var page = await Answer(feedback, referral, "true");

        Assert.Contains("Het antwoord is bewaard", page.Text, StringComparison.Ordinal);
        var asked = await feedback.InDatabase(db => db.Research.AsNoTracking().SingleAsync());
        Assert.Equal(
            [new(2026, 12, 8), new(2027, 3, 8), new(2027, 6, 8)], asked.Questionnaires.Select(q => q.DueOn));
        Assert.Equal(("ggz", ResearchText.Version, true), (asked.AskedBy, asked.TextVersion, asked.TakesPart));
    }

    [Fact]
    public async Task Only_who_held_the_conversation_asks_and_an_empty_answer_is_no_answer()
    {
        await using var feedback = await FeedbackHost.Start();
        var referral = await feedback.AConversationHeld();
        var id = await AdviceOf(feedback, referral);
        using var stranger = PageClient.LoggedInAs(feedback.App, "anders", "professional");

        var refused = await stranger.Open($"/feedback/advices/{id}/research");
        var asked = await Answer(feedback, referral, null);

        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
        Assert.Contains("Kies ja of nee", asked.Text, StringComparison.Ordinal);
        Assert.Equal(0, await feedback.InDatabase(db => db.Research.CountAsync()));
    }

    [Fact]
    public async Task Of_two_answers_at_once_the_second_is_told()
    {
        await using var feedback = await FeedbackHost.Start();
        var referral = await feedback.AConversationHeld();
        var id = await AdviceOf(feedback, referral);
        using var ggz = PageClient.LoggedInAs(feedback.App, "ggz", "professional");
        using var social = PageClient.LoggedInAs(feedback.App, "sociaal", "professional");
        var (hers, his) = (await ggz.Open($"/feedback/advices/{id}/research"), await social.Open($"/feedback/advices/{id}/research"));

        await ggz.Submit(hers.Form("version"), ("willing", "false"));
        var told = await social.Submit(his.Form("version"), ("willing", "true"));

        Assert.Contains("net door iemand anders vastgelegd", told.Text, StringComparison.Ordinal);
        Assert.False((await feedback.InDatabase(db => db.Research.AsNoTracking().SingleAsync())).TakesPart);
    }

    [Fact]
    public async Task The_office_sees_what_is_due_and_counts_what_is_done_and_paid()
    {
        await using var feedback = await FeedbackHost.Start();
        await Answer(feedback, await feedback.AConversationHeld(), "true");
        using var manager = PageClient.LoggedInAs(feedback.App, "manager", "manager");
        var page = await manager.Open("/feedback/research");
        Assert.Contains("Aan de beurt", page.Text, StringComparison.Ordinal);

        page = await manager.Submit(page.Forms.First(f => f["moment"] is "Start"), ("done", "true"), ("paid", "true"));

        Assert.Contains("1 vragenlijst, samen € 20", page.Text, StringComparison.Ordinal);
        Assert.Contains("1 keer, samen € 20", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Aan de beurt", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(FeedbackHost.Resident, page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20261123)]
    [InlineData(20261130)]
    public async Task No_consent_no_row_whatever_people_answered_in_whatever_order(int seed)
    {
        await using var feedback = await FeedbackHost.Start(Sealed());
        var random = new Random(seed);
        var residents = new Dictionary<Guid, (string Name, bool? Last)>();
        for (var i = 0; i < 12; i++)
        {
            var referral = await feedback.AConversationHeld();
            residents[referral] = ($"=Verzonnen {i}", null);
            feedback.Neighbours.Contacts[referral] = new { name = residents[referral].Name, telephones = new[] { "+31612345678" }, email = $"i{i}@voorbeeld.test", address = "Verzonnenlaan 1" };
        }

        for (var round = 0; round < 3; round++)
        {
            foreach (var referral in residents.Keys.Where(_ => random.Next(3) > 0).ToList())
            {
                var says = random.Next(2) == 0;
                await Answer(feedback, referral, says ? "true" : "false");
                residents[referral] = (residents[referral].Name, says);
            }

            var stops = residents.First(r => r.Value.Last is true).Key;
            await Withdraw(feedback, stops);
            residents[stops] = (residents[stops].Name, false);
            var erased = residents.Keys.ElementAt(random.Next(residents.Count));
            await feedback.Tell(new ReferralErased { ReferralId = erased, Sequence = 9, OccurredAt = feedback.Clock.GetUtcNow(), Reason = ErasureReason.AskedByResident }, Guid.NewGuid());
            residents.Remove(erased);

            var rows = Opened(await HandOver(feedback));

            var expected = residents.Values.Where(r => r.Last is true).Select(r => $"'{r.Name}").Order(StringComparer.Ordinal);
            Assert.Equal(expected, rows.Where(r => r[1].Length > 0).Select(r => r[1]).Order(StringComparer.Ordinal));
            Assert.All(rows.SelectMany(r => r), cell => Assert.DoesNotMatch("^[=@+-]", cell));
        }

        Assert.NotEqual(0, await feedback.InDatabase(db => db.Audit.CountAsync(a => a.Why == "hand-over-research" && a.Who == "manager")));
    }

    [Fact]
    public async Task Who_stopped_after_a_hand_over_is_in_the_next_file_as_a_code_only()
    {
        await using var feedback = await FeedbackHost.Start(Sealed());
        var referral = await feedback.AConversationHeld();
        feedback.Neighbours.Contacts[referral] = new { name = "Verzonnen Deelnemer", telephones = new[] { "0612345678" } };
        await Answer(feedback, referral, "true");
        var before = Assert.Single(Opened(await HandOver(feedback)));
        using var manager = PageClient.LoggedInAs(feedback.App, "manager", "manager");

        var page = await manager.Open("/feedback/research");
        await manager.Submit(page.Forms.First(f => f.Action.Query.Contains("Withdraw", StringComparison.Ordinal)));
        var after = Assert.Single(Opened(await HandOver(feedback)));

        Assert.Equal("Verzonnen Deelnemer", before[1]);
        Assert.Equal([before[0], "", "", "", "", "", "", "", "2026-12-08"], after);
    }

    [Fact]
    public async Task With_intake_away_nothing_is_handed_over_and_the_office_is_told()
    {
        await using var feedback = await FeedbackHost.Start(Sealed());
        await Answer(feedback, await feedback.AConversationHeld(), "true");
        feedback.Neighbours.IsIntakeDown = true;
        using var manager = PageClient.LoggedInAs(feedback.App, "manager", "manager");

        var page = await manager.Submit((await manager.Open("/feedback/research")).Forms.First(f => f.Action.Query.Contains("HandOver", StringComparison.Ordinal)));

        Assert.Contains("Er is niets overgedragen", page.Text, StringComparison.Ordinal);
        Assert.Null((await feedback.InDatabase(db => db.Research.AsNoTracking().SingleAsync())).HandedOverAt);
    }

    [Theory]
    [InlineData("--Researching:Certificate=/nergens/onderzoeker.pem")]
    [InlineData("--Researching:Euros=twintig")]
    public async Task A_setting_that_makes_no_sense_stops_the_start(string setting)
    {
        var refused = await Assert.ThrowsAsync<SettingException>(() => FeedbackHost.Start(setting));

        Assert.Contains(setting[2..setting.IndexOf('=', StringComparison.Ordinal)], refused.Message, StringComparison.Ordinal);
    }

    private static async Task<Page> Answer(FeedbackHost feedback, Guid referral, string? willing)
    {
        using var professional = PageClient.LoggedInAs(feedback.App, "ggz", "professional");
        var page = await professional.Open($"/feedback/advices/{await AdviceOf(feedback, referral)}/research");
        return await professional.Submit(page.Form("version"), ("willing", willing));
    }

    // The resident telephoned the office.
    private static async Task Withdraw(FeedbackHost feedback, Guid referral)
    {
        using var manager = PageClient.LoggedInAs(feedback.App, "manager", "manager");
        var id = await feedback.InDatabase(db => db.Research.Where(r => r.ReferralId == referral).Select(r => r.Id).SingleAsync());
        var page = await manager.Open("/feedback/research");
        await manager.Submit(page.Forms.First(f => f.Action.Query.Contains("Withdraw", StringComparison.Ordinal) && f["participation"] == $"{id}"));
    }

    private static Task<Guid> AdviceOf(FeedbackHost feedback, Guid referral) =>
        feedback.InDatabase(db => db.Advices.Where(a => a.ReferralId == referral).Select(a => a.Id).SingleAsync());

    private static async Task<byte[]> HandOver(FeedbackHost feedback)
    {
        using var http = feedback.App.LoggedInAs("manager", "manager");
        var html = await http.GetStringAsync("/feedback/research", TestContext.Current.CancellationToken);
        var form = new Page(new Uri(feedback.App.Address(), "/feedback/research"), HttpStatusCode.OK, html)
            .Forms.First(f => f.Action.Query.Contains("HandOver", StringComparison.Ordinal));
        using var answer = await http.PostAsync(form.Action, new FormUrlEncodedContent(form.Fields), TestContext.Current.CancellationToken);
        Assert.Equal("application/pkcs7-mime", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    private static List<string[]> Opened(byte[] file)
    {
        var envelope = new EnvelopedCms();
        envelope.Decode(file);
        envelope.Decrypt([Researcher]);
        return [.. Encoding.UTF8.GetString(envelope.ContentInfo.Content).Trim('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Select(line => line.Split(';').Select(cell => cell.Trim('"')).ToArray())];
    }

    private static string[] Sealed()
    {
        var file = Path.Combine(Sandbox.Folder("researcher"), "onderzoeker.pem");
        File.WriteAllText(file, Researcher.ExportCertificatePem());
        return [$"--Researching:Certificate={file}"];
    }

    private static X509Certificate2 Certificate(int bits)
    {
        var key = RSA.Create(bits);
        return new CertificateRequest("CN=Onderzoeker", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}

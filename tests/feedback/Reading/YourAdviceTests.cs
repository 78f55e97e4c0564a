using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using UglyToad.PdfPig;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Returning;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.Reading;

/// <summary>The resident reads along, on the professional's screen and at home.</summary>
public sealed partial class YourAdviceTests : IAsyncLifetime
{
    private FeedbackHost _feedback = null!;
    private Guid _referral;

    public async ValueTask InitializeAsync()
    {
        _feedback = await FeedbackHost.Start();
        _referral = await _feedback.AConversationHeld();
    }

    public ValueTask DisposeAsync() => _feedback.DisposeAsync();

    [Fact]
    public async Task At_home_the_resident_reads_answers_and_with_that_the_letter_goes()
    {
        await BothSign();
        using var resident = new PageClient(new Uri(_feedback.App.Urls.First()));

        var page = await resident.Open(await ALink());
        var after = await resident.Submit(page.Form("Form.Version"), ("Form.Opinion", "Agrees"), ("Form.Words", "Fijn gesprek."), ("Form.SharesWithGp", "true"));

        Assert.Contains(Examples.Situation, page.Text, StringComparison.Ordinal);
        Assert.Contains("Bel Noor van den Bedachten", page.Text, StringComparison.Ordinal);
        Assert.Contains("in uw woorden", page.Text, StringComparison.Ordinal);
        Assert.Contains("Dit gesprek verandert niets aan uw plaats op een wachtlijst", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("de inwoner", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(FeedbackHost.Bsn, page.Html, StringComparison.Ordinal);
        Assert.Contains("Dank u. Uw antwoord is bewaard.", after.Text, StringComparison.Ordinal);
        Assert.Contains("U zegt erbij Fijn gesprek.", after.Text, StringComparison.Ordinal);
        Assert.Single(await _feedback.Told<AdviceSigned>(_referral));
        Assert.Equal("inwoner", (await Advice()).Resident.AnsweredBy);
        Assert.Equal(1, await _feedback.InDatabase(db => db.Audit.CountAsync(a => a.Who == "inwoner" && a.Why == "resident-answer")));
    }

    [Theory]
    [InlineData("", "true", "", "Kies of u het eens bent")]
    [InlineData("Agrees", "", "", "Kies of de huisarts het advies mag lezen")]
    [InlineData("Disagrees", "true", " ", "Schrijf in uw eigen woorden wat u anders ziet")]
    [InlineData("Wat dan ook", "misschien", "Ja hoor", "Kies of u het eens bent")]
    public async Task What_is_missing_is_asked_and_what_was_typed_stays(string opinion, string shares, string words, string asked)
    {
        await BothSign();
        using var resident = new PageClient(new Uri(_feedback.App.Urls.First()));

        var page = await resident.Submit(
            (await resident.Open(await ALink())).Form("Form.Version"), ("Form.Opinion", opinion), ("Form.Words", words), ("Form.SharesWithGp", shares));

        Assert.Contains(asked, page.Text, StringComparison.Ordinal);
        Assert.Equal(words.Trim(), page.Form("Form.Version")["Form.Words"]!.Trim());
        Assert.Null((await Advice()).Resident.Opinion);
    }

    [Fact]
    public async Task Who_sees_a_point_otherwise_finds_the_own_words_in_the_letter()
    {
        await BothSign();

        await _feedback.Answer(_referral, ("Form.Opinion", "Disagrees"), ("Form.DisagreesOn", "Situation"), ("Form.Words", "Het komt door mijn werk."));

        using var pdf = PdfDocument.Open(await Copy());
        var text = string.Join(' ', pdf.GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));
        Assert.Contains("U ziet dit anders: Wat speelt er (in uw woorden) Het komt door mijn werk.", text, StringComparison.Ordinal);
        Assert.True((await Advice()).IsFinal);
    }

    [Fact]
    public async Task A_text_that_changed_while_the_resident_read_is_read_again()
    {
        await BothSign();
        using var resident = new PageClient(new Uri(_feedback.App.Urls.First()));
        var page = await resident.Open(await ALink());
        using var ggz = PageClient.LoggedInAs(_feedback.App, "ggz", "professional");
        var form = (await ggz.Open($"{await _feedback.PathOf(_referral)}?edit=true")).Form("Form.Choices");
        await ggz.Submit(form, ("Form.Text[Wishes]", "Iets nieuws."));

        var answer = await resident.Submit(page.Form("Form.Version"), ("Form.Opinion", "Agrees"), ("Form.SharesWithGp", "true"));

        Assert.Contains("Het advies is net veranderd", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Iets nieuws.", answer.Text, StringComparison.Ordinal);
        Assert.Null((await Advice()).Resident.Opinion);
    }

    [Fact]
    public async Task Consent_withdrawn_after_the_end_sends_a_letter_without_the_advice()
    {
        await BothSign();
        await _feedback.Answer(_referral);
        using var resident = new PageClient(new Uri(_feedback.App.Urls.First()));
        var page = await resident.Open(await ALink());

        var after = await resident.Submit(page.Form("Ik wil niet meer"));

        Assert.Contains("De huisarts hoort alleen dat het gesprek heeft plaatsgevonden", after.Text, StringComparison.Ordinal);
        var editions = await _feedback.InDatabase(db => db.AdviceEditions.AsNoTracking().OrderBy(e => e.Number).ToListAsync());
        Assert.Equal([true, false], editions.Select(e => e.TextForGp is not null));
        var deliveries = await _feedback.InDatabase(db => db.Deliveries.AsNoTracking().Where(d => d.ReferralId == _referral).OrderBy(d => d.Number).ToListAsync());
        Assert.Equal([1, 2], deliveries.Select(d => d.Number));
        Assert.Equal(DeliveryState.Waiting, deliveries[1].State);
        Assert.Single(await _feedback.Told<AdviceSigned>(_referral));
    }

    [Theory]
    [InlineData("")]
    [InlineData("misschien")]
    public async Task A_choice_that_is_none_changes_nothing(string shares)
    {
        await BothSign();
        await _feedback.Answer(_referral);
        using var resident = new PageClient(new Uri(_feedback.App.Urls.First()));
        var page = await resident.Open(await ALink());

        var answer = await resident.Submit(page.Form("Ik wil niet meer"), ("shares", shares));

        Assert.Contains("Kies of de huisarts het advies mag lezen", answer.Text, StringComparison.Ordinal);
        Assert.True((await Advice()).Resident.SharesWithGp);
    }

    [Fact]
    public async Task An_answer_while_the_duo_still_writes_is_kept_on_the_page_and_is_no_error()
    {
        var link = await ALink();
        using var ggz = PageClient.LoggedInAs(_feedback.App, "ggz", "professional");
        var form = (await ggz.Open(await _feedback.PathOf(_referral))).Form("Form.Choices");
        await ggz.Submit(form, ("Form.Text[Situation]", Examples.Situation), ("Form.Contact", $"{Examples.MentalHealth}"), ("Form.Care", "BasicCare"));
        using var resident = new PageClient(new Uri(_feedback.App.Urls.First()));

        var answer = await resident.Submit(
            (await resident.Open(link)).Form("Form.Version"), ("Form.Opinion", "Agrees"), ("Form.Words", "Fijn gesprek."), ("Form.SharesWithGp", "true"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("Het advies is nog niet klaar", answer.Text, StringComparison.Ordinal);
        Assert.Equal("Fijn gesprek.", answer.Form("Form.Version")["Form.Words"]!.Trim());
    }

    [Fact]
    public async Task A_letter_that_the_resident_no_longer_shares_cannot_be_sent_again()
    {
        await BothSign();
        await _feedback.Answer(_referral);
        var first = await _feedback.DeliveryOf(_referral);
        using var resident = new PageClient(new Uri(_feedback.App.Urls.First()));
        await resident.Submit((await resident.Open(await ALink())).Form("Ik wil niet meer"));

        var dropped = await _feedback.InDatabase(db => db.Deliveries.AsNoTracking().SingleAsync(d => d.Id == first.Id));

        Assert.Equal(DeliveryState.NotNeeded, dropped.State);
        Assert.Throws<RuleBrokenException>(() => dropped.SendAgain(_feedback.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_link_that_ended_was_revoked_or_never_was_looks_the_same()
    {
        await BothSign();
        using var resident = new PageClient(new Uri(_feedback.App.Urls.First()));
        using var ggz = PageClient.LoggedInAs(_feedback.App, "ggz", "professional");
        var revoked = await ALink();
        await ggz.Submit((await ggz.Open($"{await _feedback.PathOf(_referral)}/reading")).Form("handler=Revoke"));
        var ended = await ALink();
        var past = _feedback.Clock.GetUtcNow().AddSeconds(-1);
        await _feedback.InDatabase(db => db.ReadingLinks.ExecuteUpdateAsync(set => set.SetProperty(l => l.ExpiresAt, past)));

        foreach (var address in new[] { revoked, ended, "/uw-advies/niets", $"/uw-advies/{new string('a', 32)}" })
        {
            var page = await resident.Open(address);
            Assert.Equal((HttpStatusCode.NotFound, "Deze link werkt niet (meer)"), (page.Status, page.Heading));
            Assert.DoesNotContain(Examples.Situation, page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_key_is_kept_nowhere()
    {
        var key = (await ALink()).Split('/')[^1];

        var link = await _feedback.InDatabase(db => db.ReadingLinks.SingleAsync());

        Assert.Matches("^([a-z2-9]{4}-){7}[a-z2-9]{4}$", key);
        Assert.Equal(64, link.TokenHash.Length);
        Assert.DoesNotContain(key.Replace("-", "", StringComparison.Ordinal), link.TokenHash, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_tries_keys_is_stopped()
    {
        using var http = new HttpClient { BaseAddress = new Uri(_feedback.App.Urls.First()) };

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 62; i++)
        {
            using var answer = await http.GetAsync($"/uw-advies/{new string('a', 32)}", TestContext.Current.CancellationToken);
            answers.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests], answers.Distinct());
    }

    private async Task BothSign()
    {
        await _feedback.Write(_referral, "ggz");
        await _feedback.Write(_referral, "sociaal");
    }

    private async Task<string> ALink()
    {
        using var ggz = PageClient.LoggedInAs(_feedback.App, "ggz", "professional");
        var page = await ggz.Submit((await ggz.Open($"{await _feedback.PathOf(_referral)}/reading")).Form("handler=Link"));
        Assert.Contains("<svg", page.Html, StringComparison.Ordinal);
        return Link().Match(page.Html).Value;
    }

    private async Task<byte[]> Copy()
    {
        using var ggz = PageClient.LoggedInAs(_feedback.App, "ggz", "professional");
        return await ggz.Download(new Uri($"{await _feedback.PathOf(_referral)}/copy.pdf", UriKind.Relative));
    }

    private Task<Advice> Advice() => _feedback.InDatabase(db => db.Advices.AsNoTracking().SingleAsync(a => a.ReferralId == _referral));

    [GeneratedRegex("/uw-advies/[a-z0-9-]+")]
    private static partial Regex Link();
}

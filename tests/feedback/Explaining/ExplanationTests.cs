using System.Net;
using UglyToad.PdfPig;
using VGIntegration.Feedback.Explaining;
using VGIntegration.Hosting;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Explaining;

/// <summary>What residents read before there is a referral: for everybody, the same everywhere, and in short sentences.</summary>
public sealed class ExplanationTests
{
    private static readonly string[] OfARegion = ["--Explaining:Region=Netwerk Amstelland", "--Explaining:Telephone=020 123 45 67"];

    [Fact]
    public async Task Everybody_can_read_it_and_sees_whom_to_call_in_this_region()
    {
        await using var feedback = await FeedbackHost.Start(OfARegion);
        using var anybody = new PageClient(feedback.App.Address());

        var page = await anybody.Open("/verkennend-gesprek");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.All(Explanation.Pieces, piece => Assert.Contains(piece.Heading, page.Text, StringComparison.Ordinal));
        Assert.Contains("bel Netwerk Amstelland: 020 123 45 67", page.Text, StringComparison.Ordinal);
        Assert.Contains("0800-0113", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_leaflet_says_the_same_on_at_most_two_pages()
    {
        await using var feedback = await FeedbackHost.Start(OfARegion);
        using var anybody = new HttpClient { BaseAddress = feedback.App.Address() };

        var bytes = await anybody.GetByteArrayAsync("/verkennend-gesprek/folder.pdf", TestContext.Current.CancellationToken);

        using var leaflet = PdfDocument.Open(bytes);
        var text = string.Concat(leaflet.GetPages().SelectMany(p => p.Letters).Select(l => l.Value).Where(v => !string.IsNullOrWhiteSpace(v)));
        var asked = new Explanation("Netwerk Amstelland", "020 123 45 67");
        Assert.All(asked.All, piece => Assert.Contains(Dense(piece.Heading + piece.Text), text, StringComparison.Ordinal));
        Assert.InRange(leaflet.NumberOfPages, 1, 2);
        Assert.InRange(bytes.Length, 1, 500_000);
        Assert.Equal(bytes, await anybody.GetByteArrayAsync("/verkennend-gesprek/folder.pdf", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_screen_in_the_waiting_room_turns_without_a_script()
    {
        await using var feedback = await FeedbackHost.Start(OfARegion);
        using var anybody = new HttpClient { BaseAddress = feedback.App.Address() };

        var screen = await anybody.GetStringAsync("/verkennend-gesprek/wachtkamer", TestContext.Current.CancellationToken);
        var css = await anybody.GetStringAsync("/verkennend-gesprek/wachtkamer.css", TestContext.Current.CancellationToken);

        var slides = screen.Split("<section class=\"slide\">").Length - 1;
        Assert.Equal(WaitingRoom.Slides(new Explanation(null, null)).Count, slides);
        Assert.DoesNotContain("<script", screen, StringComparison.Ordinal);
        Assert.Contains("Netwerk Amstelland · 020 123 45 67", WebUtility.HtmlDecode(screen), StringComparison.Ordinal);
        Assert.Contains($".slide:nth-child({slides})", css, StringComparison.Ordinal);
    }

    [Fact]
    public void No_sentence_is_longer_than_eighteen_words()
    {
        var texts = new Explanation("Netwerk Amstelland", "020 123 45 67").All.SelectMany(p => p.Points.Append(p.Text)).Append(Explanation.Lead);

        var tooLong = texts.SelectMany(t => t.Split(['.', '?'])).Where(s => s.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > 18);

        Assert.Empty(tooLong);
    }

    [Theory]
    [InlineData("--Explaining:Region=een naam die veel te lang is om onderaan een scherm in de wachtkamer te staan")]
    [InlineData("--Explaining:Telephone=☎\U0001F4DE020")]
    public async Task A_setting_that_does_not_fit_stops_the_start(string setting)
    {
        var refused = await Assert.ThrowsAsync<SettingException>(() => FeedbackHost.Start(setting));

        Assert.Contains(setting[2..setting.IndexOf('=', StringComparison.Ordinal)], refused.Message, StringComparison.Ordinal);
    }

    private static string Dense(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.Advising;

/// <summary>What the script of the page asks while somebody types.</summary>
public sealed class SavePartTests : IAsyncLifetime
{
    private FeedbackHost _feedback = null!;
    private Guid _referral;
    private string _path = "";

    public async ValueTask InitializeAsync()
    {
        _feedback = await FeedbackHost.Start();
        _referral = await _feedback.AConversationHeld();
        _path = await _feedback.PathOf(_referral);
    }

    public ValueTask DisposeAsync() => _feedback.DisposeAsync();

    [Fact]
    public async Task Each_part_is_saved_by_itself_and_the_answer_is_what_to_start_from_next()
    {
        using var me = await Writer.At(_feedback, _path, "ggz");

        var first = await me.Types(AdvicePart.Situation, "Ik slaap slecht.");
        var second = await me.Types(AdvicePart.Situation, "Ik slaap slecht. De problematiek duurt lang.");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.Equal("Ik slaap slecht. De problematiek duurt lang.", (await Saved()).Situation);
        Assert.Contains("problematiek", second.Answer["help"]![0]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eight_parts_by_two_at_once_are_all_kept()
    {
        using var me = await Writer.At(_feedback, _path, "ggz");
        using var other = await Writer.At(_feedback, _path, "sociaal");
        var parts = AdvicePartWords.All.Take(8).ToList();

        var answers = await Task.WhenAll(parts.Select((p, i) => (i % 2 == 0 ? me : other).Types(p, $"Deel {i}")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        var saved = await Saved();
        Assert.All(parts.Select((p, i) => (Part: p, Text: $"Deel {i}")), x => Assert.Equal(x.Text, saved[x.Part]));
    }

    [Fact]
    public async Task A_part_that_both_changed_is_not_overwritten_and_tells_what_is_there()
    {
        using var me = await Writer.At(_feedback, _path, "ggz");
        using var other = await Writer.At(_feedback, _path, "sociaal");
        await other.Types(AdvicePart.Wishes, "Van de ander.");

        var (status, answer) = await me.Types(AdvicePart.Wishes, "Van mij.");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("Van de ander.", answer["text"]!.ToString());
        Assert.Equal("Van de ander.", (await Saved()).Wishes);
    }

    [Fact]
    public async Task The_same_again_after_an_answer_that_never_came_is_no_conflict()
    {
        using var me = await Writer.At(_feedback, _path, "ggz");
        await me.Types(AdvicePart.Wishes, "Van mij.");
        me.Forget(AdvicePart.Wishes);

        var (status, _) = await me.Types(AdvicePart.Wishes, "Van mij.");

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Typing_takes_no_signature_away()
    {
        using var other = await Writer.At(_feedback, _path, "sociaal");
        await _feedback.Write(_referral, "ggz");

        var (status, answer) = await other.Types(AdvicePart.Wishes, "Nog iets.");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.True(answer["isMarked"]!.GetValue<bool>());
        Assert.True((await _feedback.InDatabase(db => db.Advices.SingleAsync())).MentalHealth.HasSigned);
    }

    [Fact]
    public async Task An_open_page_hears_what_the_other_wrote()
    {
        using var me = await Writer.At(_feedback, _path, "ggz");
        using var other = await Writer.At(_feedback, _path, "sociaal");
        await other.Types(AdvicePart.Bridging, "Elke week bellen.");

        var now = await me.Looks();

        Assert.Equal("Elke week bellen.", now["parts"]!["Bridging"]!["text"]!.ToString());
        Assert.False(now["isMarked"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("Situation", true, 20_001, HttpStatusCode.UnprocessableEntity)]
    [InlineData("Situation", false, 3, HttpStatusCode.BadRequest)]
    [InlineData("Nothing", true, 3, HttpStatusCode.BadRequest)]
    [InlineData("99", true, 3, HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_saved_changes_nothing(string part, bool hasToken, int length, HttpStatusCode status)
    {
        using var me = await Writer.At(_feedback, _path, "ggz");

        var answer = await me.Posts(part, new string('a', length), "", hasToken);

        Assert.Equal(status, answer);
        Assert.True((await Saved()).IsEmpty);
    }

    [Fact]
    public async Task A_stranger_saves_and_reads_nothing()
    {
        using var stranger = await Writer.At(_feedback, "/feedback", "iemand-anders");
        stranger.Path = _path;

        Assert.Equal(HttpStatusCode.NotFound, await stranger.Posts("Situation", "aaa", "", true));
        Assert.True((await Saved()).IsEmpty);
    }

    private async Task<AdviceText> Saved() => (await _feedback.InDatabase(db => db.Advices.AsNoTracking().SingleAsync())).Text;

    /// <summary>The page's script, as far as the server sees it.</summary>
    private sealed class Writer(HttpClient http, string path, string token) : IDisposable
    {
        private readonly Dictionary<AdvicePart, string> _base = [];

        public string Path { get; set; } = path;

        public static async Task<Writer> At(FeedbackHost feedback, string path, string login)
        {
            var http = feedback.App.LoggedInAs(login, "professional");
            var html = await http.GetStringAsync(path);
            return new(http, path, new Page(http.BaseAddress!, HttpStatusCode.OK, html).Forms[^1]["__RequestVerificationToken"]!);
        }

        public async Task<(HttpStatusCode Status, JsonNode Answer)> Types(AdvicePart part, string text)
        {
            using var answer = await http.PostAsync($"{Path}/parts/{part}", Form(text, _base.GetValueOrDefault(part) ?? AdviceText.SignOf(""), true));
            var node = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
            if (answer.IsSuccessStatusCode)
            {
                _base[part] = node["base"]!.ToString();
            }

            return (answer.StatusCode, node);
        }

        public void Forget(AdvicePart part) => _base.Remove(part);

        public async Task<HttpStatusCode> Posts(string part, string text, string startedFrom, bool hasToken)
        {
            using var answer = await http.PostAsync($"{Path}/parts/{part}", Form(text, startedFrom, hasToken));
            return answer.StatusCode;
        }

        public async Task<JsonNode> Looks() => (await http.GetFromJsonAsync<JsonNode>($"{Path}/parts"))!;

        public void Dispose() => http.Dispose();

        private FormUrlEncodedContent Form(string text, string startedFrom, bool hasToken)
        {
            Dictionary<string, string> fields = new() { ["text"] = text, ["base"] = startedFrom };
            if (hasToken)
            {
                fields["__RequestVerificationToken"] = token;
            }

            return new(fields);
        }
    }
}

using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Monitoring;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Monitoring;

public sealed class AnswerAsResidentTests : IAsyncLifetime
{
    private FeedbackHost _feedback = null!;
    private AfterTheConversation _after = null!;

    public async ValueTask InitializeAsync()
    {
        _feedback = await FeedbackHost.Start();
        _after = await AfterTheConversation.In(_feedback);
    }

    public ValueTask DisposeAsync() => _feedback.DisposeAsync();

    [Fact]
    public async Task The_resident_answers_two_questions_and_gives_the_screen_back()
    {
        var page = await _after.ResidentAnswers("4", "2");

        Assert.Contains("Dank u. Geef het scherm terug aan de verkenner.", page.Text, StringComparison.Ordinal);
        var form = await _after.Stored();
        Assert.Equal((ResidentTurn.Answered, 4, 2), (form.Turn, form.ResidentExperience, form.ResidentHelpfulness));
        Assert.Equal(1, await _feedback.InDatabase(db => db.Audit.CountAsync(a => a.Why == "monitoring-resident" && a.Who == "ggz")));
    }

    [Theory]
    [InlineData("5", "0", ResidentTurn.Answered, 5, null)]
    [InlineData(null, "1", ResidentTurn.Answered, null, 1)]
    [InlineData("0", "0", ResidentTurn.Skipped, null, null)]
    [InlineData(null, null, ResidentTurn.Skipped, null, null)]
    [InlineData("7", "veel", ResidentTurn.Skipped, null, null)]
    internal async Task Each_question_may_be_skipped(string? experience, string? helpfulness, ResidentTurn turn, int? stored, int? alsoStored)
    {
        await _after.ResidentAnswers(experience, helpfulness);

        var form = await _after.Stored();
        Assert.Equal((turn, stored, alsoStored), (form.Turn, form.ResidentExperience, form.ResidentHelpfulness));
    }

    [Fact]
    public async Task The_screen_shows_no_name_and_no_way_to_anybody_else()
    {
        var other = await AfterTheConversation.In(_feedback);
        using var screen = _after.Professional("ggz");

        var (before, after) = (await screen.Open(_after.ResidentPath), await _after.ResidentAnswers("1", "1"));

        foreach (var page in new[] { before, after })
        {
            Assert.DoesNotContain(FeedbackHost.Resident, page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("ggz (test)", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(_after.ReferralId.ReferralCode(), page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(other.AdviceId.ToString(), page.Html, StringComparison.Ordinal);
            Assert.All(page.Links, link => Assert.StartsWith(_after.FormPath, link.Address.AbsolutePath, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_faces_are_plain_radio_buttons_with_words_that_need_no_script()
    {
        using var screen = _after.Professional("ggz");

        var page = await screen.Open(_after.ResidentPath);

        var form = page.Form("experience");
        Assert.Equal(["1", "2", "3", "4", "5", "0"], form.Choices("experience"));
        Assert.Equal(["1", "2", "3", "4", "5", "0"], form.Choices("helpfulness"));
        Assert.All(Scales.Experience.Concat(Scales.Helpfulness), word => Assert.Contains(word, page.Text, StringComparison.Ordinal));
        Assert.Equal(10, Regex.Count(page.Html, "<svg [^>]*aria-hidden=\"true\""));
        Assert.DoesNotMatch("<script|style=|onclick", page.Html);
    }

    [Fact]
    public async Task What_the_resident_chose_is_shown_to_nobody_of_the_duo()
    {
        await _after.ResidentAnswers("1", "1");
        using var professional = _after.Professional("sociaal");

        var (form, again) = (await professional.Open(_after.FormPath), await professional.Open(_after.ResidentPath));

        Assert.Contains("De inwoner is klaar", form.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Scales.Experience[0], form.Text, StringComparison.Ordinal);
        Assert.Null(again.Form("experience")["experience"]);
    }

    [Fact]
    public async Task A_resident_who_changes_the_answer_replaces_it_and_a_second_screen_is_told_first()
    {
        using var tablet = _after.Professional("sociaal");
        var left = await tablet.Open(_after.ResidentPath);
        await _after.ResidentAnswers("1", "1");

        var told = await tablet.Submit(left.Form("experience"), ("experience", "3"), ("helpfulness", "3"));
        var first = (await _after.Stored()).ResidentExperience;
        await tablet.Submit(told.Form("experience"));

        Assert.Contains("Er is net al een antwoord bewaard", told.Text, StringComparison.Ordinal);
        Assert.Equal((1, 3), (first, (await _after.Stored()).ResidentExperience));
    }

    [Fact]
    public async Task Once_the_form_is_sent_in_the_turn_is_over()
    {
        using var tablet = _after.Professional("ggz");
        var open = await tablet.Open(_after.ResidentPath);
        await _after.IsSentIn("4", "5");

        var late = await tablet.Submit(open.Form("experience"), ("experience", "1"));

        Assert.Contains("Geef het scherm terug", late.Text, StringComparison.Ordinal);
        Assert.Empty(late.Forms);
        Assert.Equal(4, (await _after.Stored()).ResidentExperience);
    }

    [Theory]
    [InlineData("anders", "professional", HttpStatusCode.NotFound)]
    [InlineData("ggz", "planner", HttpStatusCode.Redirect)]
    [InlineData("manager", "manager", HttpStatusCode.Redirect)]
    public async Task Nobody_but_the_duo_opens_it(string login, string role, HttpStatusCode expected)
    {
        using var stranger = _feedback.App.LoggedInAs(login, role);

        foreach (var path in new[] { _after.ResidentPath, _after.FormPath })
        {
            using var answer = await stranger.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(expected, answer.StatusCode);
        }
    }
}

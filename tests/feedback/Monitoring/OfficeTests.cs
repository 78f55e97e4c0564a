using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Monitoring;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Monitoring;

public sealed class OfficeTests : IAsyncLifetime
{
    private FeedbackHost _feedback = null!;

    public async ValueTask InitializeAsync() => _feedback = await FeedbackHost.Start();

    public ValueTask DisposeAsync() => _feedback.DisposeAsync();

    [Fact]
    public async Task Before_the_first_conversation_the_page_says_so()
    {
        var page = await Office();

        Assert.Contains("Van elk gesprek is het formulier verstuurd", page.Text, StringComparison.Ordinal);
        Assert.Contains("Er is nog geen formulier verstuurd", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_without_a_form_is_on_the_list_with_since_when_and_of_whom()
    {
        var (untouched, begun) = (await AfterTheConversation.In(_feedback, daysAgo: 3), await AfterTheConversation.In(_feedback, daysAgo: 1));
        await begun.ResidentAnswers("4", "4");
        await begun.Save("ggz", [.. AfterTheConversation.Shared, ("Form.Own", "3")]);

        var page = await Office();

        Assert.Contains($"{untouched.ReferralId.ReferralCode()} 5 december 2026 (3 dagen geleden) ggz en sociaal de inwoner, het duo samen, ggz, sociaal", page.Text, StringComparison.Ordinal);
        Assert.Contains($"{begun.ReferralId.ReferralCode()} 7 december 2026 (gisteren) ggz en sociaal sociaal", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(FeedbackHost.Resident, page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_figures_are_those_of_the_forms_that_were_sent_in()
    {
        await (await AfterTheConversation.In(_feedback)).IsSentIn("5", "4");
        await (await AfterTheConversation.In(_feedback)).IsSentIn("2", null);
        var skipped = await AfterTheConversation.In(_feedback);
        await skipped.IsSentIn(null, "0", ("Form.Place", "thuis"), ("Form.Setting", "telefonisch"), ("Form.NextSteps", "geen-vervolg"));
        var open = await AfterTheConversation.In(_feedback);
        await open.ResidentAnswers("1", "1");

        var page = await Office();

        Assert.Contains("Gesprekken met formulier 3 van 4 (75%)", page.Text, StringComparison.Ordinal);
        Assert.Contains("Inwoner vulde iets in 2 van 3 (67%)", page.Text, StringComparison.Ordinal);
        Assert.Contains("Ervaring van inwoners 3,5", page.Text, StringComparison.Ordinal);
        Assert.Contains("Geholpen, volgens inwoners 4,0", page.Text, StringComparison.Ordinal);
        Assert.Contains("Ervaring van de GGZ 3,0", page.Text, StringComparison.Ordinal);
        Assert.Contains("Ervaring van het sociaal domein 4,0", page.Text, StringComparison.Ordinal);
        Assert.Contains("Eigen netwerk 2 Sociaal domein 2 Huisarts of POH-GGZ 0", page.Text, StringComparison.Ordinal);
        Assert.Contains("Geen vervolg nodig 1", page.Text, StringComparison.Ordinal);
        Assert.Contains("Thuis bij de inwoner 1", page.Text, StringComparison.Ordinal);
        Assert.Contains(AfterTheConversation.Learned, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_of_more_than_a_year_ago_is_in_no_figure_but_stays_on_the_list()
    {
        await (await AfterTheConversation.In(_feedback, daysAgo: 400)).IsSentIn();
        var forgotten = await AfterTheConversation.In(_feedback, daysAgo: 401);

        var page = await Office();

        Assert.Contains("Er is nog geen formulier verstuurd", page.Text, StringComparison.Ordinal);
        Assert.Contains(forgotten.ReferralId.ReferralCode(), page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ggz", "professional")]
    [InlineData("planner", "planner")]
    public async Task The_office_is_for_who_leads_the_region(string login, string role)
    {
        using var person = _feedback.App.LoggedInAs(login, role);

        foreach (var path in new[] { "/feedback/monitoring", "/feedback/monitoring/csv", "/feedback/monitoring/fhir" })
        {
            using var answer = await person.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Contains("no-access", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_looks_is_written_down()
    {
        await Office();

        Assert.Equal(1, await _feedback.InDatabase(db => db.Audit.CountAsync(a => a.Why == "monitoring-office" && a.Who == "manager")));
    }

    private async Task<Page> Office()
    {
        using var manager = PageClient.LoggedInAs(_feedback.App, "manager", "manager");
        return await manager.Open("/feedback/monitoring");
    }
}

using System.Net;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Journey;

public sealed class OverviewTests
{
    [Fact]
    public async Task Urgent_is_on_top_with_the_crisis_service_and_nobody_is_named()
    {
        await using var planning = await PlanningHost.Start();
        var first = await planning.AReferral();
        planning.Clock.Advance(TimeSpan.FromDays(1));
        var urgent = await planning.AReferral(priority: "stat");
        using var planner = planning.Planner();

        var list = (await planner.Open("/planning")).Text;

        Assert.True(list.IndexOf(People.Code(urgent), StringComparison.Ordinal) < list.IndexOf(People.Code(first), StringComparison.Ordinal));
        Assert.Contains("crisisdienst", list, StringComparison.Ordinal);
        Assert.DoesNotContain(PlanningHost.Resident, list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_list_says_so()
    {
        await using var planning = await PlanningHost.Start();
        using var planner = planning.Planner();

        Assert.Contains("Er wacht nu niets", (await planner.Open("/planning")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_that_is_refused_is_a_mark_on_the_list()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        await planning.Tell(new AdviceUndeliverable { ReferralId = referral, Sequence = 2, OccurredAt = planning.Clock.GetUtcNow(), AdviceId = Guid.NewGuid(), Reason = "refused" }, Guid.NewGuid());
        using var planner = planning.Planner();

        Assert.Contains("de huisarts weigert de brief", (await planner.Open("/planning")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/planning")]
    [InlineData("/planning/referrals/3f2504e0-4f89-41d3-9a0c-0305e82c3301")]
    [InlineData("/planning/conversations")]
    public async Task Without_a_log_in_one_is_sent_to_the_authority(string path)
    {
        await using var planning = await PlanningHost.Start();
        using var stranger = planning.App.Stranger();

        var answer = await stranger.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith($"{LogIns.Authority}/connect/authorize", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/planning/referrals/3f2504e0-4f89-41d3-9a0c-0305e82c3301", "professional")]
    [InlineData("/planning/conversations", "planner")]
    public async Task A_page_of_another_role_is_refused(string path, string role)
    {
        await using var planning = await PlanningHost.Start();
        using var person = planning.App.LoggedInAs("somebody", role);

        var answer = await person.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("/planning/no-access", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Agreeing;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Registry.Keeping;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Planning.Tests.Scheduling;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Agreeing;

/// <summary>The two professionals say yes or no to what is proposed, before a planner books.</summary>
public sealed class AnswerProposalTests : IAsyncLifetime
{
    private PlanningHost _planning = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _planning = await PlanningHost.Start();

    public ValueTask DisposeAsync() => _planning.DisposeAsync();

    [Fact]
    public async Task When_both_say_yes_it_is_told_once_and_the_planner_reads_it()
    {
        var referral = await _planning.AReferral();
        var proposed = await Proposed(referral);
        using var planner = _planning.Planner();
        using var ggz = _planning.Professional("ggz");
        using var sociaal = _planning.Professional("sociaal");

        var first = await ggz.Submit((await ggz.Open("/planning/proposals")).Form("Ja, ik kan"), ("what", "Yes"));
        var half = await planner.Open($"/planning/referrals/{referral}");
        var second = await sociaal.Submit((await sociaal.Open("/planning/proposals")).Form("Ja, ik kan"), ("what", "Yes"));
        var whole = await planner.Open($"/planning/referrals/{referral}");
        await Answer(proposed, proposed.SocialDomainProfessionalId, ProposalAnswer.Yes); // once more, in another window

        Assert.All([first, second], p => Assert.Contains("u zei ja", p.Text, StringComparison.Ordinal));
        Assert.Contains("die zei al ja", second.Text, StringComparison.Ordinal);
        Assert.Contains("Er is nog één antwoord nodig", half.Text, StringComparison.Ordinal);
        Assert.Contains("zeiden allebei ja", whole.Text, StringComparison.Ordinal);
        var told = Assert.Single((await _planning.Told(referral)).OfType<AssignmentAccepted>());
        Assert.Equal((proposed.DuoId, proposed.MentalHealthProfessionalId, proposed.SocialDomainProfessionalId), (told.DuoId, told.MentalHealthProfessionalId, told.SocialDomainProfessionalId));
        Assert.Equal(3, told.Sequence);
        Assert.Null(await _planning.Work(referral, At.Book));
    }

    [Theory]
    [InlineData(true)] // on that day
    [InlineData(false)]
    public async Task After_a_no_something_else_is_proposed_and_a_yes_of_before_does_not_count_for_it(bool isThatDay)
    {
        var no = isThatDay ? ProposalAnswer.NotThatDay : ProposalAnswer.NotMe;
        var referral = await _planning.AReferral();
        var before = await Proposed(referral);
        Assert.Null(await Answer(before, before.SocialDomainProfessionalId, ProposalAnswer.Yes));

        Assert.Null(await Answer(before, before.MentalHealthProfessionalId, no));

        var after = await Proposed(referral);
        Assert.False(after.IsOf(before.MentalHealthProfessionalId) && (no is ProposalAnswer.NotMe || Today.Of(after.StartsAt) == Today.Of(before.StartsAt)));
        Assert.Equal((null, null), (after.MentalHealthAgreedAt, after.SocialDomainAgreedAt));
        Assert.Equal(2, (await _planning.Told(referral)).OfType<AssignmentProposed>().Count());
        using var planner = _planning.Planner();
        Assert.Contains("Verkenner zei nee tegen het voorstel", (await planner.Open($"/planning/referrals/{referral}")).Text, StringComparison.Ordinal);
        var free = await _planning.Within(async s => (await s.GetRequiredService<Planning.Matching.FreeMoments>().For(
            await s.GetRequiredService<Persistence.PlanningDbContext>().Journeys.SingleAsync(j => j.ReferralId == referral, Ct), Ct, atMost: 1_000)).Candidates);
        Assert.NotEmpty(free);
        Assert.DoesNotContain(free, c => c.MentalHealthProfessionalId == before.MentalHealthProfessionalId
            && (no is ProposalAnswer.NotMe || Today.Of(c.StartsAt) == Today.Of(before.StartsAt)));
    }

    [Fact]
    public async Task When_everybody_says_no_the_referral_stands_on_the_planners_list_with_why()
    {
        var referral = await _planning.AReferral();
        for (var i = 0; i < 30 && await Find(referral) is { } proposed; i++)
        {
            Assert.Null(await Answer(proposed, proposed.MentalHealthProfessionalId, ProposalAnswer.NotMe));
        }

        Assert.Null(await Find(referral));
        var journey = await _planning.InDatabase(db => db.Journeys.AsNoTracking().SingleAsync(j => j.ReferralId == referral, Ct));
        Assert.NotNull(journey.Binding);
        using var planner = _planning.Planner();
        Assert.Contains(journey.Code, (await planner.Open("/planning?show=stuck")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_what_was_booked_or_changed_meanwhile_changes_nothing_and_says_so()
    {
        var referral = await _planning.AReferral();
        using var ggz = _planning.Professional("ggz");
        var page = await ggz.Open("/planning/proposals");
        Assert.Null(await _planning.Work(referral, At.Book));

        var late = await ggz.Submit(page.Form("Ja, ik kan"), ("what", "Yes"));

        Assert.Contains("net veranderd", late.Text, StringComparison.Ordinal);
        Assert.Contains("Er is nu niets aan u voorgesteld", late.Text, StringComparison.Ordinal);
        Assert.Empty((await _planning.Told(referral)).OfType<AssignmentAccepted>());
    }

    [Fact]
    public async Task Nobody_answers_for_another_and_the_page_says_nothing_of_the_resident()
    {
        var referral = await _planning.AReferral();
        using var ggz = _planning.Professional("ggz");
        using var other = _planning.Professional("iemand-anders");
        var mine = await ggz.Open("/planning/proposals");

        var theirs = await other.Open("/planning/proposals");
        var answered = await other.Submit(mine.Form("Ja, ik kan"), ("what", "Yes"));

        Assert.DoesNotContain(PlanningHost.Resident, mine.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Somber", mine.Text, StringComparison.Ordinal);
        Assert.Contains("Er is nu niets aan u voorgesteld", theirs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("u zei ja", answered.Text, StringComparison.Ordinal);
        Assert.Null((await Proposed(referral)).MentalHealthAgreedAt);
    }

    private Task<Conversation?> Find(Guid referral) => _planning.InDatabase(db => db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.ReferralId == referral, Ct));

    private async Task<Conversation> Proposed(Guid referral) => (await Find(referral))!;

    private async Task<string?> Answer(Conversation proposed, Guid who, ProposalAnswer answer)
    {
        var version = (await Proposed(proposed.ReferralId)).Version;
        return await _planning.Within(s => s.GetRequiredService<AnswerProposal>().Run(proposed.Id, version, who, answer, "iemand", Ct));
    }
}

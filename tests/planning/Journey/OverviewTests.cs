using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Tests.Keeping;
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

    [Fact]
    public async Task A_letter_that_arrives_after_all_takes_the_mark_away_and_what_is_told_out_of_order_completes_the_journey()
    {
        await using var planning = await PlanningHost.Start("--Conversing:AllowEarly=true");
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        await planner.Submit((await planner.Open($"/planning/referrals/{referral}")).Form("Choice"));
        using var professional = planning.Professional("ggz");
        var list = await professional.Open("/planning/conversations");
        await professional.Submit((await professional.Open(list.Link(People.Code(referral)))).Form("Het gesprek is gevoerd"));
        var (now, advice) = (planning.Clock.GetUtcNow(), Guid.NewGuid());

        await planning.Tell(new AdviceUndeliverable { ReferralId = referral, Sequence = 2, OccurredAt = now, AdviceId = advice, Reason = "unreachable" }, Guid.NewGuid());
        var marked = await planner.Open("/planning");
        await planning.Tell(new AdviceReturned { ReferralId = referral, Sequence = 3, OccurredAt = now, AdviceId = advice, DocumentReferenceId = "1" }, Guid.NewGuid());
        await planning.Tell(new AdviceSigned { ReferralId = referral, Sequence = 1, OccurredAt = now, AdviceId = advice }, Guid.NewGuid());

        Assert.Contains("de huisarts is niet bereikbaar", marked.Text, StringComparison.Ordinal);
        Assert.Contains("Er wacht nu niets", (await planner.Open("/planning")).Text, StringComparison.Ordinal);
        var finished = await planner.Open("/planning?show=finished");
        Assert.Contains(People.Code(referral), finished.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("niet bereikbaar", finished.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LetterKind.Retraction, "refused", "De terugname van de brief komt niet aan bij de huisarts. Bel de praktijk.")]
    [InlineData(LetterKind.Correction, "unreachable", "De verbeterde brief met het advies komt niet aan bij de huisarts. Bel de praktijk.")]
    [InlineData(LetterKind.ClosingNote, "no-connection", "De brief dat er geen gesprek kwam kan niet vanzelf naar de huisarts: deze praktijk heeft geen koppeling.")]
    [InlineData(LetterKind.DraftRevocation, "refused", "Het bericht dat de concept-verwijzing is vervallen, komt niet aan bij de huisarts.")]
    public async Task What_does_not_arrive_after_the_end_is_on_the_work_list_until_it_does(string kind, string reason, string said)
    {
        await using var planning = await PlanningHost.Start();
        var (referral, now, letter) = (await planning.Of([Step.Closed], TimeSpan.FromDays(3)), planning.Clock.GetUtcNow(), Guid.NewGuid());
        using var planner = planning.Planner();
        var before = await planner.Open("/planning");

        var stuck = new LetterUndeliverable { ReferralId = referral, Sequence = 3, OccurredAt = now, DeliveryId = letter, Kind = kind, Reason = reason };
        await planning.Tell(stuck, Guid.NewGuid());
        await planning.Tell(stuck with { DeliveryId = Guid.NewGuid() }, Guid.NewGuid()); // of another nobody has heard the end
        await planning.Tell(new LetterSettled { ReferralId = referral, Sequence = 5, OccurredAt = now, DeliveryId = letter }, Guid.NewGuid());
        var (list, page) = (await planner.Open("/planning"), await planner.Open($"/planning/referrals/{referral}"));
        await planning.Tell(new LetterSettled { ReferralId = referral, Sequence = 6, OccurredAt = now, DeliveryId = (await Stuck(planning, referral))[0] }, Guid.NewGuid());

        Assert.Contains("Er wacht nu niets", before.Text, StringComparison.Ordinal);
        Assert.Contains(People.Code(referral), list.Text, StringComparison.Ordinal);
        Assert.Contains(said, list.Text, StringComparison.Ordinal);
        Assert.Contains(said, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Forms, f => f.Html.Contains("Choice", StringComparison.Ordinal)); // there is nothing to plan
        Assert.Contains("Er wacht nu niets", (await planner.Open("/planning")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_it_may_be_told_first_and_a_mark_does_not_keep_a_referral_from_being_erased()
    {
        await using var planning = await PlanningHost.Start();
        var (referral, now, letter) = (await planning.Of([Step.Closed], TimeSpan.FromDays(3)), planning.Clock.GetUtcNow(), Guid.NewGuid());
        var stuck = new LetterUndeliverable { ReferralId = referral, Sequence = 3, OccurredAt = now, DeliveryId = letter, Kind = LetterKind.Supersession, Reason = "refused" };

        await planning.Tell(new LetterSettled { ReferralId = referral, Sequence = 4, OccurredAt = now, DeliveryId = letter }, Guid.NewGuid());
        await planning.Tell(stuck, Guid.NewGuid());
        var outOfOrder = await Stuck(planning, referral);
        await planning.Tell(stuck with { DeliveryId = Guid.NewGuid() }, Guid.NewGuid());
        var marked = await Stuck(planning, referral);
        await planning.Tell(new ReferralErased { ReferralId = referral, Sequence = 9, OccurredAt = now, Reason = ErasureReason.AskedByResident }, Guid.NewGuid());

        Assert.Equal((0, 1), (outOfOrder.Count, marked.Count));
        Assert.Equal(0, await planning.Rows(referral));
    }

    [Fact]
    public async Task Fifty_are_on_a_page_and_the_rest_on_the_next()
    {
        await using var planning = await PlanningHost.Start();
        await Task.WhenAll(Enumerable.Range(0, 51).Select(_ => planning.AReferral()));
        using var planner = planning.Planner();

        var first = await planner.Open("/planning");
        var second = await planner.Open(first.Link("Volgende"));

        Assert.Equal((50, 1), (Codes(first), Codes(second)));
        Assert.DoesNotContain(second.Links, l => l.Text == "Volgende");

        static int Codes(Page page) => page.Links.Count(l => l.Text.StartsWith("VG-", StringComparison.Ordinal));
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

    private static Task<List<Guid>> Stuck(PlanningHost planning, Guid referral) => planning.InDatabase(async db =>
        (await db.Journeys.AsNoTracking().SingleAsync(j => j.ReferralId == referral)).StuckLetters().Select(l => Guid.Parse(l.Id)).ToList());
}

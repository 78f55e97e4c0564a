using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Matching;

public sealed class ProposeAgainTests
{
    [Fact]
    public async Task A_proposal_whose_moment_went_by_is_replaced_and_the_new_one_is_told()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        var passed = await planning.InDatabase(db => db.Conversations.Select(c => c.StartsAt).SingleAsync());

        planning.Clock.Advance(passed - planning.Clock.GetUtcNow() + ProposeAgain.Interval);
        await Eventually.Is(() => planning.InDatabase(db => db.Conversations.AnyAsync(c => c.StartsAt > passed)));

        var proposals = (await planning.Told(referral)).OfType<AssignmentProposed>().ToList();
        Assert.Equal([2, 3], proposals.Select(p => p.Sequence));
        Assert.True(proposals[1].StartsAt > planning.Clock.GetUtcNow());
        Assert.Equal(Stage.AwaitingSchedule, await planning.InDatabase(db => db.Journeys.Select(j => j.Stage).SingleAsync()));
    }

    [Fact]
    public async Task A_referral_for_which_everything_was_full_gets_a_moment_once_there_is_one()
    {
        await using var planning = await PlanningHost.Start("--Matching:HorizonWeeks=1");
        var referrals = new List<Guid>();
        for (var i = 0; i < 25; i++) // the demo region holds 24 conversations a week
        {
            referrals.Add(await planning.AReferral());
        }

        var before = await planning.InDatabase(db => db.Journeys.SingleAsync(j => j.Binding != null));
        planning.Clock.Advance(TimeSpan.FromDays(1));
        await Eventually.Is(() => planning.InDatabase(db => db.Journeys.AllAsync(j => j.Binding == null)));

        Assert.Equal(BindingRule.AllMomentsTaken, before.Binding);
        Assert.Single((await planning.Told(before.ReferralId)).OfType<AssignmentProposed>());
    }

    [Fact]
    public async Task What_was_booked_stays_as_it_is()
    {
        await using var planning = await PlanningHost.Start();
        var (booked, waiting) = (await planning.AReferral(), await planning.AReferral());
        using var planner = planning.Planner();
        await planner.Submit((await planner.Open($"/planning/referrals/{booked}")).Form("Choice"));
        var messages = (await planning.Told(booked)).Count;

        planning.Clock.Advance(TimeSpan.FromDays(3));
        await Eventually.Is(async () => (await planning.Told(waiting)).Count == 3);

        Assert.Equal(messages, (await planning.Told(booked)).Count);
    }
}

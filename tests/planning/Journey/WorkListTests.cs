using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Tests.Scheduling;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Journey;

public sealed class WorkListTests
{
    [Theory]
    [InlineData("mine", 0)]
    [InlineData("call", 1, 2, 3)]
    [InlineData("planned", 0)]
    [InlineData("finished", 4)]
    [InlineData("stuck", 3)]
    [InlineData("", 0, 1, 2, 3)]
    [InlineData("nonsense", 0, 1, 2, 3)]
    public async Task A_filter_shows_just_what_it_says(string show, params int[] expected)
    {
        await using var planning = await PlanningHost.Start();
        var referrals = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            planning.Clock.Advance(TimeSpan.FromMinutes(1));
            referrals.Add(await planning.AReferral(language: i == 3 ? "ja" : null));
        }

        Assert.Null(await planning.Work(referrals[0], (s, j, c, by) => Take(s, j, by)));
        Assert.Null(await planning.Work(referrals[0], At.Book));
        Assert.Null(await planning.Work(referrals[4], At.Withdraw));
        using var planner = planning.Planner();

        var list = (await planner.Open($"/planning?show={show}")).Text;

        Assert.Equal(expected, Enumerable.Range(0, 5).Where(i => list.Contains(People.Code(referrals[i]), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Search_finds_a_code_in_any_writing_and_the_digits_of_a_postcode_and_nothing_else()
    {
        await using var planning = await PlanningHost.Start();
        var (one, other) = (await planning.AReferral("1182"), await planning.AReferral("1185"));
        using var planner = planning.Planner();
        var code = People.Code(one);

        foreach (var search in new[] { code, code.ToLowerInvariant(), code[3..], $" {code} ", "1182" })
        {
            var found = (await planner.Open($"/planning?q={Uri.EscapeDataString(search)}")).Text;
            Assert.Contains(code, found, StringComparison.Ordinal);
            Assert.DoesNotContain(People.Code(other), found, StringComparison.Ordinal);
        }

        Assert.Contains("Niets gevonden", (await planner.Open("/planning?q=%25%27--&p=999999999")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_longer_than_a_page_is_read_page_by_page_each_referral_once()
    {
        await using var planning = await PlanningHost.Start();
        await planning.InDatabase(async db =>
        {
            db.Journeys.AddRange(Enumerable.Range(0, 120).Select(i => ReferralJourney.Begin(
                Guid.NewGuid(), planning.Clock.GetUtcNow().AddMinutes(-i % 7), i % 20 == 0 ? "urgent" : "routine", null, null, [])));
            return await db.SaveChangesAsync();
        });
        using var planner = planning.Planner();

        var (seen, page) = (new List<string>(), await planner.Open("/planning"));
        for (var more = true; more;)
        {
            seen.AddRange(page.Links.Select(l => l.Text).Where(t => t.StartsWith("VG-", StringComparison.Ordinal)));
            more = page.Links.Any(l => l.Text == "Volgende");
            page = more ? await planner.Open(page.Link("Volgende")) : page;
        }

        Assert.Equal(120, seen.Count);
        Assert.Equal(120, seen.Distinct().Count());
        var urgent = await planning.InDatabase(db => db.Journeys.Where(j => j.IsUrgent).Select(j => j.Code).ToListAsync());
        Assert.Equal(urgent.Order(), seen.Take(6).Order());
    }

    [Theory]
    [InlineData(0, Light.InTime)]
    [InlineData(2, Light.Soon)] // Wednesday; on Thursday three working days have gone
    [InlineData(3, Light.Soon)]
    [InlineData(4, Light.Late)]
    public void A_light_turns_by_working_days_against_the_norm(int days, object expected)
    {
        var monday = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
        var journey = ReferralJourney.Begin(Guid.NewGuid(), monday, "routine", null, null, []);
        var rules = new PlannerRules(3, 10, 5, 3, 2, TimeSpan.FromSeconds(10));

        var waiting = WaitingTime.Of(journey, null, rules, monday.AddDays(days));

        Assert.Equal(((Light)expected, "bellen", new DateOnly(2026, 11, 26)), (waiting.Light, waiting.Norm, waiting.Until));
        Assert.Equal(new DateOnly(2026, 12, 7), WaitingTime.Add(new DateOnly(2026, 11, 23), 10, new()));
    }

    [Fact]
    public void A_public_holiday_is_no_working_day()
    {
        var theDayBeforeChristmas = new DateOnly(2026, 12, 24); // a Thursday

        Assert.Equal(new DateOnly(2026, 12, 30), WaitingTime.Add(theDayBeforeChristmas, 3, new()));
    }

    private static Task<string?> Take(IServiceProvider services, ReferralJourney journey, string by) =>
        Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<WorkOnReferral>(services).Take(journey, journey.Revision, by, default);
}

using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Planning.LookingBack;
using VGIntegration.Planning.Tests.Scheduling;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.LookingBack;

public sealed class LookBackTests : IAsyncLifetime
{
    private PlanningHost _planning = null!;

    public async ValueTask InitializeAsync() => _planning = await PlanningHost.Start();

    public ValueTask DisposeAsync() => _planning.DisposeAsync();

    [Fact]
    public async Task What_happened_is_counted_where_it_belongs()
    {
        var referral = await _planning.AReferral();
        _planning.Clock.Advance(TimeSpan.FromDays(2));
        await _planning.Work(referral, At.Call(isReached: true));
        await _planning.Work(referral, At.Book);
        var conversation = await _planning.InDatabase(db => Task.FromResult(db.Conversations.Single()));

        var figures = await Look(new DateOnly(2026, 11, 23), new DateOnly(2026, 12, 18));

        Assert.Equal(new Spread(1, 2, 2), figures.UntilCall);
        Assert.Equal([(Outcome.Held, 0), (Outcome.Planned, 1), (Outcome.NotAttended, 0), (Outcome.Cancelled, 0)], figures.Outcomes);
        var use = Assert.Single(figures.Moments, m => m.Used == 1);
        Assert.Equal((4, 8), (use.HalfDays, use.Places)); // four weeks, two conversations in a half-day
        Assert.Equal(2, figures.Professionals.Count(p => p.Planned == 1));
        Assert.Equal(1, figures.Kilometres.Number);
        Assert.Equal(conversation.StartsAt.DayOfWeek, use.Day);
    }

    [Fact]
    public async Task Why_people_were_referred_is_counted_and_twijfel_is_enough()
    {
        await _planning.AReferral();
        await _planning.Tell(
            new ReferralReceived
            {
                ReferralId = Guid.NewGuid(),
                Sequence = 1,
                OccurredAt = _planning.Clock.GetUtcNow(),
                Priority = "routine",
                Criteria = ["twijfel", "sociale-problematiek"],
            },
            Guid.NewGuid());
        using var manager = PageClient.LoggedInAs(_planning.App, "mara", "manager");

        var figures = await Look(new DateOnly(2026, 11, 23), new DateOnly(2026, 12, 18));
        var page = await manager.Open("/planning/looking-back?from=2026-11-23&until=2026-12-18");

        Assert.Equal((2, 1), figures.Referred);
        Assert.Equal([("sociale-problematiek", 1), ("twijfel", 1)], figures.Criteria);
        Assert.Contains("2 verwijzingen, waarvan 1 zonder criterium", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holidays_have_no_places()
    {
        var christmas = await Look(new DateOnly(2026, 12, 25), new DateOnly(2026, 12, 31)); // a Friday, and the region's own closing days

        Assert.Empty(christmas.Moments);
    }

    [Fact]
    public async Task The_page_and_its_sheet_say_the_same()
    {
        var referral = await _planning.AReferral();
        await _planning.Work(referral, At.Book);
        using var manager = PageClient.LoggedInAs(_planning.App, "mara", "manager");

        var page = await manager.Open("/planning/looking-back?from=2026-11-23&until=2026-12-18");
        var sheet = Encoding.UTF8.GetString(await manager.Download(page.Link("Als CSV-bestand")));

        Assert.Contains("gepland, nog niet vastgelegd 1", page.Text, StringComparison.Ordinal);
        Assert.Contains("afspraken;gepland, nog niet vastgelegd;aantal;1", sheet, StringComparison.Ordinal);
        Assert.Contains("role=\"img\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(PlanningHost.Resident, page.Text + sheet, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=gisteren", "Eerste dag: Schrijf een datum zo")]
    [InlineData("from=2026-12-01&until=2026-11-01", "De laatste dag ligt voor de eerste dag")]
    [InlineData("from=2001-01-01&until=2026-11-01", "Kies ten hoogste twee jaar")]
    public async Task Days_that_make_no_sense_are_told(string query, string expected)
    {
        using var planner = _planning.Planner();

        var page = await planner.Open($"/planning/looking-back?{query}");

        Assert.Contains(expected, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_yet_is_said_too()
    {
        using var planner = _planning.Planner();

        Assert.Contains("nog niets gebeurd", (await planner.Open("/planning/looking-back")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new double[] { }, null, null)]
    [InlineData(new[] { 4.0 }, 4.0, 4.0)]
    [InlineData(new[] { 5.0, 1, 2, 3, 4, 6, 7, 8, 9, 10 }, 5.0, 9.0)]
    public void A_spread_tells_the_middle_and_nine_in_ten(double[] measured, double? median, double? nineInTen)
    {
        Assert.Equal(new Spread(measured.Length, median, nineInTen), Spread.Of(measured.Select(m => (double?)m).Append(null)));
    }

    private async Task<Figures> Look(DateOnly from, DateOnly until)
    {
        await using var scope = _planning.App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<LookBack>().Over(from, until, TestContext.Current.CancellationToken);
    }
}

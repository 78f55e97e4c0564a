using Microsoft.Extensions.Time.Testing;

namespace VGIntegration.Keeping.Tests;

public sealed class NightTests
{
    [Theory]
    [InlineData("2026-11-30T02:29:00Z", "2026-11-30T02:30:00Z")]
    [InlineData("2026-11-30T02:30:00Z", "2026-12-01T02:30:00Z")]
    [InlineData("2026-07-01T12:00:00Z", "2026-07-02T01:30:00Z")]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z")] // the night in which two o'clock is three
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T02:30:00Z")] // the night in which three o'clock is two
    [InlineData("2026-12-31T23:30:00Z", "2027-01-01T02:30:00Z")]
    public void It_is_half_past_three_in_the_Netherlands_summer_and_winter(string now, string next)
    {
        Assert.Equal(DateTimeOffset.Parse(next, null), Night.Next(DateTimeOffset.Parse(now, null)));
    }

    [Fact]
    public async Task Each_night_it_works_once()
    {
        var worked = await Worked(days: 4, _ => true);

        Assert.Equal(["01T02", "02T02", "03T02", "04T02"], worked.Select(at => $"{at:dd'T'HH}"));
    }

    [Fact]
    public async Task What_failed_is_tried_again_the_same_night_and_not_for_ever()
    {
        var recovering = await Worked(days: 1, attempt => attempt == 3);
        var failing = await Worked(days: 2, _ => false);

        Assert.Equal(3, recovering.Count);
        Assert.Equal((3, 3), (failing.Count(at => at.Day == 1), failing.Count(at => at.Day == 2)));
        Assert.All(failing, at => Assert.InRange(at.Hour, 2, 4));
    }

    private static async Task<List<DateTimeOffset>> Worked(int days, Func<int, bool> succeeds)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
        var worked = new List<DateTimeOffset>();
        using var stop = new CancellationTokenSource();
        var nights = NightlyCleanUp<Things>.EachNight(clock, 3, TimeSpan.FromMinutes(15), _ =>
        {
            worked.Add(clock.GetUtcNow());
            return Task.FromResult(succeeds(worked.Count));
        }, stop.Token);

        for (var quarter = 0; quarter < days * 24 * 4; quarter++)
        {
            clock.Advance(TimeSpan.FromMinutes(15));
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => nights);
        return worked;
    }
}

using CsCheck;
using VGIntegration.Feedback.Returning;
using Xunit;

namespace VGIntegration.Feedback.Tests.Returning;

public sealed class BackoffTests
{
    private static readonly Hindrance[] OfPractices = [Hindrance.Unreachable, Hindrance.TimedOut, Hindrance.Busy, Hindrance.ServerError, Hindrance.NoReceipt];

    private static readonly Gen<(Failure Failure, int Attempt, bool IsProbe, double Chance)> AFailure = Gen.Select(
        Gen.Int[0, 4], Gen.Int[1, 20_000], Gen.Bool, Gen.Double.Unit, (h, a, p, c) => (new Failure(OfPractices[h]), a, p, c));

    [Fact]
    public void Every_wait_is_from_ten_seconds_to_an_hour_however_often_it_was_tried() => AFailure.Sample(
        f => Backoff.After(f.Failure, f.Attempt, f.IsProbe, f.Chance) is var wait
            && wait >= Backoff.Shortest && wait <= (f.IsProbe ? Backoff.LongestForProbe : Backoff.Longest),
        seed: "0N0XIzNsQ0O2", iter: 5_000);

    [Fact]
    public void The_first_wait_is_ten_seconds_and_each_is_longer_until_it_is_an_hour()
    {
        var waits = Enumerable.Range(1, 12).Select(a => Backoff.After(new Failure(Hindrance.Unreachable), a, isProbe: false, chance: 0).TotalSeconds);

        Assert.Equal([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 2880, 2880, 2880], waits);
        Assert.Equal(TimeSpan.FromHours(1), Backoff.After(new Failure(Hindrance.Unreachable), 12, isProbe: false, chance: 1));
    }

    [Fact]
    public void Letters_that_failed_together_do_not_come_back_together() => AFailure.Sample(
        f => Backoff.After(f.Failure, f.Attempt, f.IsProbe, 1) / Backoff.After(f.Failure, f.Attempt, f.IsProbe, 0) is > 1.2499 and < 1.2501,
        seed: "0N0XIzNsQ0O2", iter: 1_000);

    [Theory]
    [InlineData(1, 10)]
    [InlineData(120, 120)]
    [InlineData(3600, 3600)]
    [InlineData(864_000, 3600)]
    [InlineData(-5, 10)]
    public void Who_asks_to_wait_is_left_alone_that_long_but_never_longer_than_an_hour(int asked, int seconds)
    {
        var failure = new Failure(Hindrance.Busy, 429, TimeSpan.FromSeconds(asked));

        Assert.Equal(seconds, Backoff.After(failure, 1, isProbe: true, chance: 0).TotalSeconds);
        Assert.Equal(seconds, Backoff.OfOthers(failure, 1, chance: 0).TotalSeconds);
    }

    [Fact]
    public void What_is_our_own_trouble_waits_half_a_minute_at_most() => AFailure.Sample(
        f => Backoff.After(new Failure(Hindrance.PlanningUnavailable), f.Attempt, f.IsProbe, f.Chance) <= TimeSpan.FromSeconds(30),
        seed: "0N0XIzNsQ0O2", iter: 1_000);
}

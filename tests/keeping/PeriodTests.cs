namespace VGIntegration.Keeping.Tests;

public sealed class PeriodTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 2, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("20 years", "2006-11-30")]
    [InlineData("1 year", "2025-11-30")]
    [InlineData(" 6  months ", "2026-05-30")]
    [InlineData("9 Months", "2026-02-28")]
    [InlineData("90 days", "2026-09-01")]
    [InlineData("0 days", "2026-11-30")]
    [InlineData("200 years", "1826-11-30")]
    public void A_period_is_a_number_and_a_unit_of_the_calendar(string given, string before)
    {
        Assert.Equal(before, $"{Period.Read(given)?.Before(Now):yyyy-MM-dd}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("20")]
    [InlineData("years")]
    [InlineData("-3 days")]
    [InlineData("+3 days")]
    [InlineData("1.5 years")]
    [InlineData("20 jaar")]
    [InlineData("20 years 3")]
    [InlineData("201 years")]
    [InlineData("99999 days")]
    [InlineData("2147483647 years")]
    [InlineData("99999999999 days")]
    public void Anything_else_is_none(string given)
    {
        Assert.Null(Period.Read(given));
    }

    [Theory]
    [InlineData("19 years", "20 years", true)]
    [InlineData("240 months", "20 years", false)]
    [InlineData("239 months", "20 years", true)]
    [InlineData("7304 days", "20 years", true)]
    [InlineData("7305 days", "20 years", false)]
    [InlineData("30 days", "1 months", true)]
    [InlineData("31 days", "1 months", false)]
    public void Periods_of_different_units_are_compared_by_the_calendar(string one, string other, bool isShorter)
    {
        Assert.Equal(isShorter, Period.Read(one)!.Value.IsShorterThan(Period.Read(other)!.Value));
    }

    [Fact]
    public void What_lies_before_the_calendar_begins_is_no_moment()
    {
        Assert.Null(Period.Years(3_000).Before(Now));
    }
}

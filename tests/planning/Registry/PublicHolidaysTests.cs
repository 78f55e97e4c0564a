using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Tests.Registry;

public sealed class PublicHolidaysTests
{
    [Theory]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2027, 3, 28)]
    [InlineData(2038, 4, 25)] // as late as it can be
    [InlineData(2285, 3, 22)] // as early as it can be
    public void Easter_is_on_its_Sunday(int year, int month, int day)
    {
        Assert.Equal(new DateOnly(year, month, day), PublicHolidays.Easter(year));
    }

    [Fact]
    public void The_public_holidays_of_2026_are_those_of_the_Netherlands()
    {
        var holidays = new PublicHolidays();

        var found = Enumerable.Range(0, 365).Select(new DateOnly(2026, 1, 1).AddDays).Where(d => holidays.On(d) is not null);

        Assert.Equal(
            ["01-01", "04-05", "04-06", "04-27", "05-14", "05-24", "05-25", "12-25", "12-26"], found.Select(d => FormattableString.Invariant($"{d:MM-dd}")));
    }

    [Theory]
    [InlineData(2025, 4, 26, true)] // the 27th is a Sunday
    [InlineData(2025, 4, 27, false)]
    [InlineData(2026, 4, 26, false)]
    [InlineData(2026, 4, 27, true)]
    public void Kings_day_is_not_on_a_Sunday(int year, int month, int day, bool isFree)
    {
        var name = new PublicHolidays().On(new DateOnly(year, month, day));

        Assert.Equal(isFree, name == "Koningsdag");
    }

    [Theory]
    [InlineData("EveryFiveYears", 2025, true)]
    [InlineData("EveryFiveYears", 2026, false)]
    [InlineData("EveryYear", 2026, true)]
    [InlineData("Never", 2025, false)]
    public void Liberation_day_is_a_setting(string setting, int year, bool isFree)
    {
        var holidays = new PublicHolidays(Enum.Parse<LiberationDay>(setting));

        Assert.Equal(isFree, holidays.On(new DateOnly(year, 5, 5)) is not null);
    }

    [Theory]
    [InlineData(true, "Goede Vrijdag")]
    [InlineData(false, null)]
    public void Good_Friday_is_a_setting(bool hasGoodFriday, string? expected)
    {
        var holidays = new PublicHolidays(HasGoodFriday: hasGoodFriday);

        Assert.Equal(expected, holidays.On(new DateOnly(2026, 4, 3)));
    }
}

namespace VGIntegration.Planning.Registry;

/// <summary>Days on which the whole region holds no conversations, next to the public holidays.</summary>
internal sealed class Holiday : IRegistryRecord
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly Until { get; init; }
    public int Version { get; init; }

    internal bool IsOn(DateOnly day) => From <= day && day <= Until;
}

/// <summary>When people are free on the fifth of May differs by collective agreement.</summary>
internal enum LiberationDay
{
    EveryFiveYears,
    EveryYear,
    Never,
}

/// <summary>The public holidays of the Netherlands, as the region keeps them (Registry:LiberationDay, Registry:GoodFriday).</summary>
internal sealed record PublicHolidays(LiberationDay LiberationDay = LiberationDay.EveryFiveYears, bool HasGoodFriday = false)
{
    /// <summary>The name of the public holiday, or null on a usual day.</summary>
    internal string? On(DateOnly day) => (day.DayNumber - Easter(day.Year).DayNumber, day) switch
    {
        (-2, _) when HasGoodFriday => "Goede Vrijdag",
        (0, _) => "eerste paasdag",
        (1, _) => "tweede paasdag",
        (39, _) => "Hemelvaartsdag",
        (49, _) => "eerste pinksterdag",
        (50, _) => "tweede pinksterdag",
        (_, { Month: 1, Day: 1 }) => "nieuwjaarsdag",
        (_, { Month: 4, Day: 27, DayOfWeek: not DayOfWeek.Sunday }) => "Koningsdag",
        (_, { Month: 4, Day: 26, DayOfWeek: DayOfWeek.Saturday }) => "Koningsdag", // the 27th is a Sunday
        (_, { Month: 5, Day: 5 }) when IsFreeOnLiberationDay(day.Year) => "Bevrijdingsdag",
        (_, { Month: 12, Day: 25 }) => "eerste kerstdag",
        (_, { Month: 12, Day: 26 }) => "tweede kerstdag",
        _ => null,
    };

    private bool IsFreeOnLiberationDay(int year) => LiberationDay switch
    {
        LiberationDay.EveryYear => true,
        LiberationDay.EveryFiveYears => year % 5 == 0,
        _ => false,
    };

    /// <summary>Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).</summary>
    internal static DateOnly Easter(int year)
    {
        var (golden, century, rest) = (year % 19, year / 100, year % 100);
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - epact - (rest % 4)) % 7;
        var late = (golden + (11 * epact) + (22 * weekday)) / 451;
        var day = epact + weekday - (7 * late) + 114;
        return new DateOnly(year, day / 31, (day % 31) + 1);
    }
}

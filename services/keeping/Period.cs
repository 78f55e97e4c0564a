using System.Globalization;

namespace VGIntegration.Keeping;

/// <summary>The unit of a period.</summary>
public enum PeriodUnit
{
    /// <summary>Days of 24 hours.</summary>
    Days,

    /// <summary>Months of the calendar.</summary>
    Months,

    /// <summary>Years of the calendar.</summary>
    Years,
}

/// <summary>An amount of time as laws give it: 20 years, 6 months, 90 days.</summary>
public readonly record struct Period(int Number, PeriodUnit Unit)
{
    private const int Longest = 200; // years; the calendar of .NET begins in the year 1

    // After a leap year and a month of 31 days, so that a period in days is not taken for longer than it can be.
    private static readonly DateTimeOffset AnyDay = new(2401, 8, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>So many days.</summary>
    public static Period Days(int number) => new(number, PeriodUnit.Days);

    /// <summary>So many months.</summary>
    public static Period Months(int number) => new(number, PeriodUnit.Months);

    /// <summary>So many years.</summary>
    public static Period Years(int number) => new(number, PeriodUnit.Years);

    /// <summary>As a setting has it: a number and days, months or years. Null when it is none, or over 200 years.</summary>
    public static Period? Read(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var number, var unit]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
        && UnitOf(unit) is { } known && amount <= Longest * 366 && new Period(amount, known) is var period && period.Before(AnyDay) is { } before
        && before >= AnyDay.AddYears(-Longest)
            ? period
            : null;

    /// <summary>What is from before this moment is older; null when the calendar does not go back so far.</summary>
    public DateTimeOffset? Before(DateTimeOffset now)
    {
        var days = Unit switch { PeriodUnit.Days => Number, PeriodUnit.Months => Number * 31L, _ => Number * 366L };
        return days >= (now - DateTimeOffset.MinValue).TotalDays ? null : Unit switch
        {
            PeriodUnit.Days => now.AddDays(-Number),
            PeriodUnit.Months => now.AddMonths(-Number),
            _ => now.AddYears(-Number),
        };
    }

    /// <summary>Whether it is shorter than the other, counted back from one and the same day.</summary>
    public bool IsShorterThan(Period other) => Before(AnyDay) > other.Before(AnyDay);

    /// <summary>As people read it.</summary>
    public string InDutch => (Unit, Number) switch
    {
        (PeriodUnit.Days, 1) => "1 dag",
        (PeriodUnit.Days, _) => $"{Number} dagen",
        (PeriodUnit.Months, 1) => "1 maand",
        (PeriodUnit.Months, _) => $"{Number} maanden",
        _ => $"{Number} jaar",
    };

    /// <summary>As it stands in a setting.</summary>
    public override string ToString() => $"{Number} {Unit.ToString().ToLowerInvariant()}";

    private static PeriodUnit? UnitOf(string word) => word.ToLowerInvariant() switch
    {
        "day" or "days" => PeriodUnit.Days,
        "month" or "months" => PeriodUnit.Months,
        "year" or "years" => PeriodUnit.Years,
        _ => null,
    };
}

using System.Globalization;

namespace VGIntegration.Feedback.Claiming;

/// <summary>A year or a month, as it stands in the address of a page: 2026 or 2026-12.</summary>
internal sealed record ClaimPeriod(int Year, int? Month)
{
    internal DateOnly From => new(Year, Month ?? 1, 1);

    internal DateOnly Until => From.AddMonths(Month is null ? 12 : 1).AddDays(-1);

    internal string Code => From.ToString(Month is null ? "yyyy" : "yyyy-MM", CultureInfo.InvariantCulture);

    internal string InDutch => Month is null ? $"heel {Year}" : From.MonthInDutch();

    internal IEnumerable<ClaimPeriod> Months => Enumerable.Range(1, 12).Select(month => new ClaimPeriod(Year, month));

    internal static ClaimPeriod MonthOf(DateOnly day) => new(day.Year, day.Month);

    /// <summary>Null when it is no year or month.</summary>
    internal static ClaimPeriod? Read(string? text) =>
        Day(text, "yyyy-MM") is { } month ? MonthOf(month) : Day(text, "yyyy") is { } year ? new ClaimPeriod(year.Year, null) : null;

    private static DateOnly? Day(string? text, string form) =>
        DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and <= 2200 ? day : null;
}

using System.Globalization;

namespace VGIntegration.Feedback.Advising;

/// <summary>Times as people in the Netherlands read them.</summary>
internal static class DutchTime
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");
    private static readonly CultureInfo Dutch = CultureInfo.GetCultureInfo("nl-NL");

    public static string InDutch(this DateTimeOffset at) => Format(at, "dddd d MMMM yyyy, HH:mm 'uur'");

    public static string DayInDutch(this DateTimeOffset at) => Format(at, "d MMMM yyyy");

    public static string DayInDutch(this DateOnly day) => day.ToString("d MMMM yyyy", Dutch);

    public static DateOnly LocalDay(this DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    public static string TimeInDutch(this DateTimeOffset at) => Format(at, "HH:mm");

    /// <summary>How people call a referral, the same as on the planner's list; it names nobody.</summary>
    public static string ReferralCode(this Guid referralId) => $"VG-{referralId.ToString("N")[..6].ToUpperInvariant()}";

    private static string Format(DateTimeOffset at, string format) => TimeZoneInfo.ConvertTime(at, Zone).ToString(format, Dutch);
}

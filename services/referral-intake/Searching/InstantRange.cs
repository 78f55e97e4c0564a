using System.Globalization;
using System.Linq.Expressions;
using System.Text.RegularExpressions;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Searching;

/// <summary>
/// A date of a search with its prefix (FHIR R4 section 3.1.1.4.7). A value stands for all instants it covers: a day for 24
/// hours, a second for a second. Without an offset it is Dutch time.
/// </summary>
internal sealed partial record InstantRange(string Prefix, DateTimeOffset First, DateTimeOffset Last)
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    internal static InstantRange Read(string name, string value, DateTimeOffset now)
    {
        // A plus sign that was not encoded arrives as a space.
        var match = Shape().Match(value.Replace(' ', '+'));
        if (!match.Success || Covered(match) is not var (first, last))
        {
            throw new SearchRefusedException(IssueType.Value,
                $"{name} is geen datum zoals FHIR die schrijft. Gebruik bijvoorbeeld ge2026-11-23 of gt2026-11-23T09:00:00Z.");
        }

        var prefix = match.Groups["prefix"].Value is { Length: > 0 } given ? given : "eq";
        if (prefix != "ap")
        {
            return new(prefix, first, last);
        }

        // FHIR R4: approximately is within 10% of the time between now and the date.
        var around = TimeSpan.FromTicks((now - first).Duration().Ticks / 10);
        return new("eq", Minus(first, around), Plus(last, around));
    }

    internal Expression<Func<T, bool>> Holds<T>(Expression<Func<T, DateTimeOffset>> column)
    {
        var (first, last) = (First, Last);
        return column.Then(Prefix switch
        {
            "ne" => at => at < first || at > last,
            "gt" or "sa" => at => at > last,
            "lt" or "eb" => at => at < first,
            "ge" => at => at >= first,
            "le" => at => at <= last,
            _ => at => at >= first && at <= last,
        });
    }

    private static (DateTimeOffset First, DateTimeOffset Last)? Covered(Match match)
    {
        var (year, month, day) = (Number(match, "year", 0), Number(match, "month", 1), Number(match, "day", 1));
        var (hour, minute, second) = (Number(match, "hour", 0), Number(match, "minute", 0), Number(match, "second", 0));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }

        var fraction = match.Groups["fraction"].Value;
        var from = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified)
            .AddTicks(fraction.Length == 0 ? 0 : long.Parse(fraction.PadRight(7, '0')[..7], CultureInfo.InvariantCulture));
        var to = Next(from, match, fraction.Length);
        var zone = match.Groups["zone"].Value;
        return Offset(zone, from) is { } offset && Offset(zone, to) is { } end && Fits(from, offset) && Fits(to, end)
            ? (new DateTimeOffset(from, offset).ToUniversalTime(), new DateTimeOffset(to, end).ToUniversalTime().AddTicks(-1))
            : null;
    }

    private static DateTime Next(DateTime from, Match match, int digits)
    {
        var room = DateTime.MaxValue - from;
        return room < TimeSpan.FromDays(400) ? DateTime.MaxValue
            : match.Groups["fraction"].Success ? from.AddTicks((long)Math.Pow(10, 7 - Math.Min(7, digits)))
            : match.Groups["second"].Success ? from.AddSeconds(1)
            : match.Groups["minute"].Success ? from.AddMinutes(1)
            : match.Groups["day"].Success ? from.AddDays(1)
            : match.Groups["month"].Success ? from.AddMonths(1)
            : from.AddYears(1);
    }

    private static TimeSpan? Offset(string zone, DateTime at)
    {
        if (zone is "" or "Z")
        {
            return zone == "Z" ? TimeSpan.Zero : Amsterdam.GetUtcOffset(at);
        }

        var (hours, minutes) = (int.Parse(zone[1..3], CultureInfo.InvariantCulture), int.Parse(zone[4..6], CultureInfo.InvariantCulture));
        return hours > 14 || minutes > 59 || (hours == 14 && minutes > 0) ? null : new TimeSpan(hours, minutes, 0) * (zone[0] == '-' ? -1 : 1);
    }

    private static bool Fits(DateTime at, TimeSpan offset) =>
        at.Ticks - offset.Ticks >= DateTime.MinValue.Ticks + 1 && at.Ticks - offset.Ticks <= DateTime.MaxValue.Ticks;

    private static DateTimeOffset Minus(DateTimeOffset at, TimeSpan span) => at.UtcTicks > span.Ticks ? at - span : DateTimeOffset.MinValue;

    private static DateTimeOffset Plus(DateTimeOffset at, TimeSpan span) =>
        DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks > span.Ticks ? at + span : DateTimeOffset.MaxValue;

    private static int Number(Match match, string part, int otherwise) =>
        match.Groups[part].Success ? int.Parse(match.Groups[part].Value, CultureInfo.InvariantCulture) : otherwise;

    [GeneratedRegex(@"^(?<prefix>eq|ne|gt|lt|ge|le|sa|eb|ap)?(?<year>\d{4})(-(?<month>\d\d)(-(?<day>\d\d)(T(?<hour>\d\d):(?<minute>\d\d)(:(?<second>\d\d)(\.(?<fraction>\d{1,9}))?)?(?<zone>Z|[+-]\d\d:\d\d)?)?)?)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}

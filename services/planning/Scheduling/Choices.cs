using System.Globalization;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Web;

namespace VGIntegration.Planning.Scheduling;

/// <summary>The free moments as a planner wants to see them: the best side by side, one week day by day, or place by place from near to far.</summary>
internal sealed record Choices(IReadOnlyList<MomentGroup> Groups, string? Earlier, string? Later)
{
    private const int PerPlace = 4;

    internal static Choices Of(
        IReadOnlyList<Candidate> free, Func<Candidate, bool> isProposal, string? view, string? week, Func<Guid, double?> distanceTo) => view switch
        {
            "week" => OfWeek(free, week),
            "distance" => new(
                [.. free.GroupBy(c => c.LocationId).OrderBy(g => distanceTo(g.Key) ?? double.MaxValue)
                    .Select(g => new MomentGroup(Dutch.Distance(distanceTo(g.Key)), [.. g.OrderBy(c => c.StartsAt).Take(PerPlace)]))], null, null),
            _ => new([new MomentGroup("Welk moment?", [.. free.OrderByDescending(isProposal).Take(FreeMoments.OnOnePage)])], null, null),
        };

    internal bool IsChecked(Candidate candidate, string? chosen)
    {
        var keys = Groups.SelectMany(g => g.Moments).Select(ScheduleModel.KeyOf);
        return ScheduleModel.KeyOf(candidate) == (chosen is not null && keys.Contains(chosen) ? chosen : keys.First());
    }

    private static Choices OfWeek(IReadOnlyList<Candidate> free, string? week)
    {
        var weeks = free.Select(c => Monday(Dutch.Day(c.StartsAt))).Distinct().Order().ToList();
        var wanted = DateOnly.TryParseExact(week, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Monday(day) : weeks[0];
        var shown = weeks.Contains(wanted) ? wanted : weeks[0];
        return new(
            [.. free.Where(c => Monday(Dutch.Day(c.StartsAt)) == shown).OrderBy(c => c.StartsAt).ThenBy(c => c.Score)
                .GroupBy(c => Dutch.Day(c.StartsAt)).Select(g => new MomentGroup(Dutch.DayName(g.Key), [.. g]))],
            Text(weeks.LastOrDefault(w => w < shown)), Text(weeks.FirstOrDefault(w => w > shown)));
    }

    internal static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static string? Text(DateOnly week) => week == default ? null : week.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Some moments under one heading.</summary>
internal sealed record MomentGroup(string Title, IReadOnlyList<Candidate> Moments);

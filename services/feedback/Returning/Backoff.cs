namespace VGIntegration.Feedback.Returning;

/// <summary>
/// How long a letter waits after a failure: from 1 s to 1 h, for ever. The oldest letters of a practice are its probes and
/// wait at most 4 minutes; when one of them gets through, the practice's other letters go at once. So a practice that was
/// away for a week has all its letters within 5 minutes of its return, and was not asked for each letter every 4 minutes.
/// </summary>
internal static class Backoff
{
    internal const int Probes = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestForProbe = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan LongestForOurselves = TimeSpan.FromSeconds(30);

    /// <param name="chance">Between 0 and 1: letters that failed together do not come back together.</param>
    public static TimeSpan After(Failure failure, int attempt, bool isProbe, double chance)
    {
        var seconds = attempt switch
        {
            <= 1 => 1,
            2 => 3,
            _ => 10 * Math.Pow(2, Math.Min(attempt - 3, 12)),
        };
        var longest = failure.Hindrance switch
        {
            Hindrance.IntakeUnavailable or Hindrance.PlanningUnavailable => LongestForOurselves,
            _ when isProbe => LongestForProbe,
            _ => Longest,
        };
        var wait = TimeSpan.FromSeconds(Math.Min(seconds, longest.TotalSeconds) * (0.8 + (0.2 * chance)));
        return failure.RetryAfter is { } asked && asked > wait ? Min(asked, Longest) : wait;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

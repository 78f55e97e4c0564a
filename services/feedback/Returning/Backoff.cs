namespace VGIntegration.Feedback.Returning;

/// <summary>
/// How long a letter waits after a failure: from 10 s to 1 h, for ever. The oldest letters of a practice are its probes and
/// wait at most 4 minutes; when one of them gets through, the practice's other letters go at once. So a practice that was
/// away for a month has all its letters within 5 minutes of its return, and was not asked for each letter every 4 minutes.
/// </summary>
internal static class Backoff
{
    internal const int Probes = 3;
    internal static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    internal static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    internal static readonly TimeSpan LongestForProbe = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan LongestForOurselves = TimeSpan.FromSeconds(30);

    /// <param name="chance">Between 0 and 1: letters that failed together do not come back together.</param>
    public static TimeSpan After(Failure failure, int attempt, bool isProbe, double chance)
    {
        var wait = Step(attempt, chance, failure.Hindrance switch
        {
            Hindrance.IntakeUnavailable or Hindrance.PlanningUnavailable => LongestForOurselves,
            _ when isProbe => LongestForProbe,
            _ => Longest,
        });
        return NotBefore(failure, wait);
    }

    /// <summary>How long the practice's other letters wait, after so many attempts in a row in which it could not be reached.</summary>
    public static TimeSpan OfOthers(Failure failure, int failures, double chance) =>
        NotBefore(failure, Step(failures, chance, LongestForProbe));

    // Twice as long each time; the jitter is a quarter, and stays within the two ends.
    private static TimeSpan Step(int attempt, double chance, TimeSpan longest) =>
        Min(Shortest * Math.Pow(2, Math.Clamp(attempt - 1, 0, 12)), 0.8 * longest) * (1 + (0.25 * chance));

    private static TimeSpan NotBefore(Failure failure, TimeSpan wait) =>
        failure.RetryAfter is { } asked && asked > wait ? Min(asked, Longest) : wait;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

namespace VGIntegration.Conformance;

internal enum Outcome
{
    Passed,
    Failed,
    Skipped,
}

internal sealed record Result(string Section, string Says, Outcome Outcome, string? Detail)
{
    public string Line => $"{Mark} {Section,-16} {Says}{(Detail is null ? "" : $"\n       {Detail}")}";

    private string Mark => Outcome switch
    {
        Outcome.Passed => "  ok  ",
        Outcome.Failed => " FAIL ",
        _ => " skip ",
    };
}

/// <summary>One thing that must be true of the target, as a sentence, and how to see it.</summary>
internal sealed record Check(string Section, string Says, Func<ReferralLife, Task> See)
{
    public async Task<Result> Run(ReferralLife life)
    {
        try
        {
            await See(life);
            return new Result(Section, Says, Outcome.Passed, null);
        }
        catch (NotSeenException e)
        {
            return new Result(Section, Says, Outcome.Failed, e.Message);
        }
        catch (NotAskedException e)
        {
            return new Result(Section, Says, Outcome.Skipped, e.Message);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or InvalidOperationException or System.Text.Json.JsonException)
        {
            return new Result(Section, Says, Outcome.Failed, $"{e.GetType().Name}: {e.Message}");
        }
    }
}

/// <summary>The target answered otherwise than the interface says.</summary>
internal sealed class NotSeenException(string message) : Exception(message);

/// <summary>This check needs something that was not given, or an earlier one that failed.</summary>
internal sealed class NotAskedException(string message) : Exception(message);

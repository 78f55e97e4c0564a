using System.Runtime.CompilerServices;

namespace VGIntegration.Surroundings;

/// <summary>Waits for the thing itself, not for time to pass.</summary>
public static class Eventually
{
    /// <summary>Looks every 20 ms until it is so; an exception while looking counts as not yet.</summary>
    /// <exception cref="TimeoutException">It was not so within the time, which is 30 seconds unless told.</exception>
    public static async Task Is(
        Func<Task<bool>> so, TimeSpan? within = null, [CallerArgumentExpression(nameof(so))] string what = "")
    {
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        Exception? last = null;
        while (clock.GetElapsedTime(start) < (within ?? TimeSpan.FromSeconds(30)))
        {
            try
            {
                if (await so())
                {
                    return;
                }

                last = null;
            }
            catch (Exception e) // the edge of a test: whatever is wrong now may be right soon
            {
                last = e;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), clock);
        }

        throw new TimeoutException($"It did not come true in time: {what}", last);
    }

    /// <summary>The same for what can be seen at once.</summary>
    public static Task Is(
        Func<bool> so, TimeSpan? within = null, [CallerArgumentExpression(nameof(so))] string what = "") =>
        Is(() => Task.FromResult(so()), within, what);
}

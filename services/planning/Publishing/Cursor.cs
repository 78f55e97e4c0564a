using System.Globalization;

namespace VGIntegration.Planning.Publishing;

/// <summary>Where a page ended: the time and the id of its last line, so that nothing is skipped or comes twice when something is added.</summary>
internal static class Cursor
{
    internal static string Write(DateTimeOffset at, Guid id) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}.{id:N}");

    internal static (DateTimeOffset At, Guid Id)? Read(Query query)
    {
        if (query.After is not { } after)
        {
            return null;
        }

        var parts = after.Split('.');
        if (parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParseExact(parts[1], "N", out var id))
        {
            return (new DateTimeOffset(ticks, TimeSpan.Zero), id);
        }

        query.Refuse("_after komt uit de link next van de vorige bladzijde.");
        return null;
    }
}

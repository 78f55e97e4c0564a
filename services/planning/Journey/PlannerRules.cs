using VGIntegration.Contracts.Planning;
using VGIntegration.Hosting;

namespace VGIntegration.Planning.Journey;

/// <summary>The region's settings: after how many days a light turns, when somebody counts as not reachable, how long undo is possible.</summary>
internal sealed record PlannerRules(int CallWithinDays, int ConversationWithinDays, int AdviceWithinDays, int CallsInVain, int NoShows, TimeSpan UndoFor)
{
    /// <summary>No working days, for the norms.</summary>
    internal Registry.PublicHolidays Holidays { get; init; } = new();

    /// <summary>What a planner can close with; the others come from the huisarts or the resident.</summary>
    internal IReadOnlyList<string> ClosingReasons { get; } =
    [
        ClosingReason.Unreachable, ClosingReason.NotAttended, ClosingReason.OutsideRegion, ClosingReason.Duplicate, ClosingReason.Deceased,
        ClosingReason.Other,
    ];

    /// <exception cref="SettingException">A setting is no number that can be.</exception>
    internal static PlannerRules Of(IConfiguration settings) => new(
        Number(settings, "Norms:CallWithinDays", 3), Number(settings, "Norms:ConversationWithinDays", 10), Number(settings, "Norms:AdviceWithinDays", 5),
        Number(settings, "Planning:CallsInVain", 3), Number(settings, "Planning:NoShows", 2),
        TimeSpan.FromSeconds(Number(settings, "Planning:UndoSeconds", 10, least: 0)))
    {
        Holidays = Registry.Registration.HolidaysOf(settings),
    };

    private static int Number(IConfiguration settings, string name, int otherwise, int least = 1) =>
        settings[name] is not { } given ? otherwise
        : int.TryParse(given, out var number) && number >= least && number <= 365 ? number
        : throw new SettingException($"{name} must be a number from {least} to 365.");
}

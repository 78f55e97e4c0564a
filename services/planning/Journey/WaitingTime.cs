using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Planning.Web;

namespace VGIntegration.Planning.Journey;

/// <summary>How the waiting stands against the region's own norm.</summary>
internal enum Light
{
    None,
    InTime,
    Soon,
    Late,
}

/// <summary>The norm that counts now, and by when: to be called, to have the conversation, to have the advice. Working days.</summary>
internal sealed record WaitingTime(Light Light, string Norm, DateOnly Until)
{
    internal static readonly WaitingTime None = new(Light.None, "", default);

    internal static WaitingTime Of(ReferralJourney journey, Conversation? conversation, PlannerRules rules, DateTimeOffset now)
    {
        var (received, free) = (Dutch.Day(journey.ReceivedAt), rules.Holidays);
        return journey.Stage switch
        {
            _ when journey.PausedAt is not null => None,
            Stage.AwaitingMatch or Stage.AwaitingSchedule when !journey.IsSpoken => Judge("bellen", Add(received, rules.CallWithinDays, free), Dutch.Day(now), free),
            Stage.AwaitingMatch or Stage.AwaitingSchedule => Judge("gesprek", Add(received, rules.ConversationWithinDays, free), Dutch.Day(now), free),
            Stage.AwaitingConversation when conversation is not null =>
                Planned("gesprek", Add(received, rules.ConversationWithinDays, free), Dutch.Day(conversation.StartsAt)),
            Stage.AwaitingAdvice or Stage.AwaitingReturn when conversation is not null =>
                Judge("advies", Add(Dutch.Day(conversation.StartsAt), rules.AdviceWithinDays, free), Dutch.Day(now), free),
            _ => None,
        };
    }

    internal static DateOnly Add(DateOnly from, int workingDays, PublicHolidays free)
    {
        var day = from;
        for (var left = workingDays; left > 0; left -= IsWorkingDay(day, free) ? 1 : 0)
        {
            day = day.AddDays(1);
        }

        return day;
    }

    private static WaitingTime Judge(string norm, DateOnly until, DateOnly today, PublicHolidays free) =>
        new(today > until ? Light.Late : Add(today, 1, free) >= until ? Light.Soon : Light.InTime, norm, until);

    private static WaitingTime Planned(string norm, DateOnly until, DateOnly planned) => new(planned > until ? Light.Late : Light.InTime, norm, until);

    private static bool IsWorkingDay(DateOnly day, PublicHolidays free) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && free.On(day) is null;
}

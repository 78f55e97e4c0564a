using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Journey;

/// <summary>What of the work list somebody wants to see.</summary>
internal sealed record WorkListQuery(string? Show, string? Search, string Who, int Page)
{
    internal bool IsFinished => Show == "finished";
}

/// <summary>One page of the work list. The keys come from the index alone, and only what is shown is read.</summary>
internal sealed class WorkList(PlanningDbContext db, TimeProvider clock)
{
    internal const int PerPage = 50;

    internal async Task<(IReadOnlyList<WorkListLine> Lines, bool HasMore)> Read(WorkListQuery query, CancellationToken ct)
    {
        var wanted = Search(Filter(db.Journeys.AsNoTracking(), query), query.Search);
        var ordered = query.IsFinished
            ? wanted.OrderByDescending(j => j.ReceivedAt)
            : wanted.OrderByDescending(j => j.IsUrgent).ThenBy(j => j.ReceivedAt).ThenBy(j => j.ReferralId);
        var keys = await ordered.Select(j => j.ReferralId).Skip((query.Page - 1) * PerPage).Take(PerPage + 1).ToListAsync(ct);
        var shown = keys.Take(PerPage).ToList();
        var journeys = await db.Journeys.AsNoTracking().Where(j => shown.Contains(j.ReferralId)).ToDictionaryAsync(j => j.ReferralId, ct);
        var conversations = await db.Conversations.AsNoTracking().Where(c => shown.Contains(c.ReferralId)).ToDictionaryAsync(c => c.ReferralId, ct);
        return ([.. shown.Where(journeys.ContainsKey).Select(id => new WorkListLine(journeys[id], conversations.GetValueOrDefault(id)))], keys.Count > PerPage);
    }

    private IQueryable<ReferralJourney> Filter(IQueryable<ReferralJourney> journeys, WorkListQuery query)
    {
        var now = clock.GetUtcNow();
        var open = journeys.Where(j => j.IsOpen == !query.IsFinished);
        return query.Show switch
        {
            "mine" => open.Where(j => j.Planner == query.Who),
            "call" => open.Where(j => j.Stage == Stage.AwaitingMatch || j.Stage == Stage.AwaitingSchedule)
                .Where(j => j.PausedAt == null && (j.CallBackAt == null || j.CallBackAt <= now)),
            "stuck" => open.Where(j => j.Binding != null),
            "asked" => open.Where(j => j.Missing != null),
            "paused" => open.Where(j => j.PausedAt != null),
            "planned" => open.Where(j => j.Stage == Stage.AwaitingConversation),
            "advice" => open.Where(j => j.Stage == Stage.AwaitingAdvice || j.Stage == Stage.AwaitingReturn),
            _ => open,
        };
    }

    // The code of the referral, or the digits of a postcode. A name is not here to be searched for.
    private static IQueryable<ReferralJourney> Search(IQueryable<ReferralJourney> journeys, string? search) => search?.Trim().ToUpperInvariant() switch
    {
        null or "" => journeys,
        { Length: 4 } digits when digits.All(char.IsAsciiDigit) => journeys.Where(j => j.PostcodeDigits == digits),
        var code when code.StartsWith("VG-", StringComparison.Ordinal) => journeys.Where(j => j.Code.StartsWith(code)),
        var code => Search(journeys, $"VG-{code}"),
    };
}

/// <summary>One referral on the list, with its conversation if there is one.</summary>
internal sealed record WorkListLine(ReferralJourney Journey, Conversation? Conversation);

using System.Collections.Frozen;
using static VGIntegration.Planning.Journey.Stage;
using static VGIntegration.Planning.Journey.Step;

namespace VGIntegration.Planning.Journey;

/// <summary>Where a referral is on its way.</summary>
internal enum Stage
{
    AwaitingMatch,
    AwaitingSchedule,
    AwaitingConversation,
    AwaitingAdvice,
    AwaitingReturn,
    Completed,
    Closed,
}

/// <summary>What happened to it.</summary>
internal enum Step
{
    AssignmentProposed,
    ConversationScheduled,
    ConversationHeld,
    AdviceSigned,
    AdviceReturned,
    ReferrerWithdrew,
}

/// <summary>
/// The road of one referral. The table below is the whole process; nothing else moves a journey. What happened is kept and
/// folded over the table, so that a step that is told too early waits for the one before it.
/// </summary>
internal sealed class ReferralJourney
{
    private static readonly FrozenDictionary<(Stage, Step), Stage> Road = new Dictionary<(Stage, Step), Stage>
    {
        [(AwaitingMatch, AssignmentProposed)] = AwaitingSchedule,
        [(AwaitingSchedule, AssignmentProposed)] = AwaitingSchedule, // another duo, moment or place
        [(AwaitingSchedule, ConversationScheduled)] = AwaitingConversation,
        [(AwaitingConversation, ConversationHeld)] = AwaitingAdvice,
        [(AwaitingAdvice, AdviceSigned)] = AwaitingReturn,
        [(AwaitingReturn, AdviceReturned)] = Completed,
        [(AwaitingMatch, ReferrerWithdrew)] = Closed,
        [(AwaitingSchedule, ReferrerWithdrew)] = Closed,
        [(AwaitingConversation, ReferrerWithdrew)] = Closed, // once it was held, the advice still follows
    }.ToFrozenDictionary();

    private readonly List<JourneyStep> _steps = [];

    private ReferralJourney() { }

    public Guid ReferralId { get; private set; }
    public Stage Stage { get; private set; }
    public DateTimeOffset ReceivedAt { get; private set; }
    public bool IsUrgent { get; private set; }
    public string? PostcodeDigits { get; private set; }
    public string? Language { get; private set; }
    public string Criteria { get; private set; } = "";

    /// <summary>Which rule left no duo over; a planner sees it at once.</summary>
    public Matching.BindingRule? Binding { get; private set; }

    /// <summary>The letter does not arrive: refused or unreachable.</summary>
    public string? Undeliverable { get; private set; }

    /// <summary>Why it ended without an advice: a ClosingReason of the messages.</summary>
    public string? ClosedBecause { get; private set; }

    /// <summary>The huisarts sent something more; UTC.</summary>
    public DateTimeOffset? SupplementedAt { get; private set; }

    /// <summary>The last change of the facts that intake told; an older one that comes later is past.</summary>
    public int FactsSequence { get; private set; }

    /// <summary>How many messages planning has sent about this referral.</summary>
    public int Told { get; private set; }

    public IReadOnlyCollection<JourneyStep> Steps => _steps;

    internal static ReferralJourney Begin(
        Guid referralId, DateTimeOffset receivedAt, string priority, string? postcodeDigits, string? language, IEnumerable<string> criteria) => new()
        {
            ReferralId = referralId,
            ReceivedAt = receivedAt,
            IsUrgent = priority != "routine",
            PostcodeDigits = postcodeDigits,
            Language = language,
            Criteria = string.Join(' ', criteria),
            FactsSequence = 1,
        };

    /// <summary>For a referral that was withdrawn before it was heard of: so that it is not planned when it comes.</summary>
    internal static ReferralJourney NeverBegun(Guid referralId, DateTimeOffset at) => new() { ReferralId = referralId, ReceivedAt = at };

    /// <summary>The huisarts changed the referral; false when this was told before, or is older than what is known.</summary>
    internal bool Change(int sequence, string priority, string? postcodeDigits, string? language, IEnumerable<string> criteria)
    {
        if (sequence <= FactsSequence)
        {
            return false;
        }

        (FactsSequence, IsUrgent, PostcodeDigits, Language) = (sequence, priority != "routine", postcodeDigits, language);
        Criteria = string.Join(' ', criteria);
        return true;
    }

    internal void Supplement(DateTimeOffset at) => SupplementedAt = SupplementedAt > at ? SupplementedAt : at;

    /// <summary>The huisarts withdraws; false when it is too late for that, or already so.</summary>
    internal bool Withdraw(string reason, DateTimeOffset now)
    {
        var mayStop = Allows(Stage, ReferrerWithdrew);
        Record(ReferrerWithdrew, now);
        if (mayStop)
        {
            (ClosedBecause, Binding) = (reason, null);
        }

        return mayStop;
    }

    internal void Record(Step step, DateTimeOffset at)
    {
        if (step is not AssignmentProposed && _steps.Exists(s => s.Step == step))
        {
            return; // told twice
        }

        _steps.Add(new JourneyStep(_steps.Count + 1, step, at));
        Stage = Fold();
        Binding = step is AssignmentProposed ? null : Binding;
        Undeliverable = HasArrived ? null : Undeliverable;
    }

    internal void FoundNoDuo(Matching.BindingRule binding) => Binding = binding;

    internal void CannotReturn(string reason) => Undeliverable = HasArrived ? null : reason;

    private bool HasArrived => _steps.Exists(s => s.Step is AdviceReturned);

    internal int NextSequence() => ++Told;

    internal static bool Allows(Stage from, Step step) => Road.ContainsKey((from, step));

    private Stage Fold()
    {
        var stage = AwaitingMatch;
        var waiting = _steps.OrderBy(s => s.OccurredAt).ThenBy(s => s.Number).ToList();
        while (waiting.Find(s => Road.ContainsKey((stage, s.Step))) is { } next)
        {
            stage = Road[(stage, next.Step)];
            waiting.Remove(next);
        }

        return stage;
    }
}

/// <summary>One step, for the history that the planner reads.</summary>
internal sealed record JourneyStep(int Number, Step Step, DateTimeOffset OccurredAt);

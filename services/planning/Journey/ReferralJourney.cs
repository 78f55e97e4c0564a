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
    PlanningStarted,
    ResidentReached,
    ResidentNotReached,
    InformationRequested,
    ConversationRescheduled,
    ProfessionalReplaced,
    NotAttended,
    WishesTold,
    Paused,
    Resumed,
    ResidentWithdrew,
    Closed,
    ProfessionalAgreed,
    ProfessionalDeclined,
    AssignmentAccepted,

    /// <summary>Something that is said to the huisarts does not arrive; it moves no journey, and keeps it on the work list.</summary>
    LetterStuck,
    LetterSettled,
}

/// <summary>
/// The road of one referral. The table below is the whole process; nothing else moves a journey. What happened is kept and
/// folded over the table, so that a step that is told too early waits for the one before it.
/// </summary>
internal sealed partial class ReferralJourney
{
    private static readonly Step[] Noted = [PlanningStarted, ResidentReached, ResidentNotReached, InformationRequested, WishesTold, Paused, Resumed];

    private static readonly FrozenDictionary<(Stage, Step), Stage> Road = new Dictionary<(Stage, Step), Stage>
    {
        [(AwaitingMatch, AssignmentProposed)] = AwaitingSchedule,
        [(AwaitingSchedule, AssignmentProposed)] = AwaitingSchedule, // another duo, moment or place
        [(AwaitingSchedule, ProfessionalAgreed)] = AwaitingSchedule,
        [(AwaitingSchedule, ProfessionalDeclined)] = AwaitingSchedule,
        [(AwaitingSchedule, Step.AssignmentAccepted)] = AwaitingSchedule, // both agreed; the planner need not wait for it
        [(AwaitingSchedule, ConversationScheduled)] = AwaitingConversation,
        [(AwaitingConversation, ConversationHeld)] = AwaitingAdvice,
        [(AwaitingAdvice, AdviceSigned)] = AwaitingReturn,
        [(AwaitingReturn, AdviceReturned)] = Completed,
        [(AwaitingMatch, ReferrerWithdrew)] = Stage.Closed,
        [(AwaitingSchedule, ReferrerWithdrew)] = Stage.Closed,
        [(AwaitingConversation, ReferrerWithdrew)] = Stage.Closed, // once it was held, the advice still follows
        [(AwaitingConversation, ConversationRescheduled)] = AwaitingConversation,
        [(AwaitingConversation, ProfessionalReplaced)] = AwaitingConversation,
        [(AwaitingConversation, NotAttended)] = AwaitingSchedule, // another conversation, or the end
        [(AwaitingMatch, Step.ResidentWithdrew)] = Stage.Closed,
        [(AwaitingSchedule, Step.ResidentWithdrew)] = Stage.Closed,
        [(AwaitingConversation, Step.ResidentWithdrew)] = Stage.Closed,
        [(AwaitingMatch, Step.Closed)] = Stage.Closed,
        [(AwaitingSchedule, Step.Closed)] = Stage.Closed,
        [(AwaitingConversation, Step.Closed)] = Stage.Closed,
    }
    .Concat(Noted.SelectMany(step => new[] { AwaitingMatch, AwaitingSchedule, AwaitingConversation }, (step, stage) => KeyValuePair.Create((stage, step), stage)))
    .ToFrozenDictionary();

    private readonly List<JourneyStep> _steps = [];

    private ReferralJourney() { }

    public Guid ReferralId { get; private set; }

    /// <summary>How people call it and search it.</summary>
    public string Code { get; private set; } = "";

    public Stage Stage { get; private set; }

    /// <summary>It is on the work list.</summary>
    public bool IsOpen { get; private set; } = true;
    public DateTimeOffset ReceivedAt { get; private set; }
    public bool IsUrgent { get; private set; }
    public string? PostcodeDigits { get; private set; }
    public string? Language { get; private set; }
    public string Criteria { get; private set; } = "";

    /// <summary>Which rule left no duo over; a planner sees it at once.</summary>
    public Matching.BindingRule? Binding { get; private set; }

    /// <summary>The cheapest that would help then, as a code: day:Tuesday=3.</summary>
    public string? WhatHelps { get; private set; }

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

    /// <summary>Keeps two people apart; what somebody saw is older when it is lower.</summary>
    public int Revision { get; private set; }

    public IReadOnlyCollection<JourneyStep> Steps => _steps;

    internal static ReferralJourney Begin(
        Guid referralId, DateTimeOffset receivedAt, string priority, string? postcodeDigits, string? language, IEnumerable<string> criteria) => new()
        {
            ReferralId = referralId,
            Code = CodeOf(referralId),
            ReceivedAt = receivedAt,
            IsUrgent = priority != "routine",
            PostcodeDigits = postcodeDigits,
            Language = language,
            Criteria = string.Join(' ', criteria),
            FactsSequence = 1,
        };

    /// <summary>For a referral that was withdrawn before it was heard of: so that it is not planned when it comes.</summary>
    internal static ReferralJourney NeverBegun(Guid referralId, DateTimeOffset at) =>
        new() { ReferralId = referralId, Code = CodeOf(referralId), ReceivedAt = at };

    /// <summary>Never a name, on a list that others can see.</summary>
    internal static string CodeOf(Guid referralId) => $"VG-{referralId.ToString("N")[..6].ToUpperInvariant()}";

    /// <summary>The huisarts changed the referral; false when this was told before, or is older than what is known.</summary>
    internal bool Change(int sequence, string priority, string? postcodeDigits, string? language, IEnumerable<string> criteria)
    {
        if (sequence <= FactsSequence)
        {
            return false;
        }

        (FactsSequence, IsUrgent, PostcodeDigits, Language) = (sequence, priority != "routine", postcodeDigits, language);
        Criteria = string.Join(' ', criteria);
        (Missing, Revision) = (null, Revision + 1); // what the huisarts changed may be what was asked for
        return true;
    }

    internal void Supplement(DateTimeOffset at)
    {
        SupplementedAt = SupplementedAt > at ? SupplementedAt : at;
        (Missing, Revision) = (null, Revision + 1);
    }

    /// <summary>The huisarts withdraws; false when it is too late for that, or already so.</summary>
    internal bool Withdraw(string reason, DateTimeOffset now)
    {
        var mayStop = Allows(Stage, ReferrerWithdrew);
        Record(ReferrerWithdrew, now);
        if (mayStop)
        {
            End(reason);
        }

        return mayStop;
    }

    internal void Record(Step step, DateTimeOffset at)
    {
        if (step is ConversationHeld or AdviceSigned or AdviceReturned or ReferrerWithdrew && _steps.Exists(s => s.Step == step))
        {
            return; // told twice
        }

        Add(new JourneyStep(_steps.Count + 1, step, at));
        (Binding, WhatHelps) = step is AssignmentProposed ? (null, null) : (Binding, WhatHelps);
        Undeliverable = HasArrived ? null : Undeliverable;
    }

    internal void FoundNoDuo(Matching.BindingRule binding, string? whatHelps) =>
        (Binding, WhatHelps, Revision) = (binding, whatHelps, Revision + ((Binding, WhatHelps) == (binding, whatHelps) ? 0 : 1));

    internal void CannotReturn(string reason) => (Undeliverable, Revision) = (HasArrived ? null : reason, Revision + 1);

    /// <summary>There is nothing more to plan.</summary>
    internal bool IsEnded => Stage is Completed or Stage.Closed;

    private bool HasArrived => _steps.Exists(s => s.Step is AdviceReturned);

    internal int NextSequence() => ++Told;

    internal static bool Allows(Stage from, Step step) => Road.ContainsKey((from, step));

    private void Add(JourneyStep step)
    {
        _steps.Add(step);
        Stage = Fold();
        IsOpen = !IsEnded || StuckLetters().Count > 0;
        Revision++;
    }

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
internal sealed record JourneyStep(int Number, Step Step, DateTimeOffset OccurredAt)
{
    /// <summary>The log-in of the person who did it; null for the system.</summary>
    public string? By { get; init; }

    /// <summary>Until when, or again when; UTC.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The planner's own words, or codes. They never leave planning.</summary>
    public string? Note { get; init; }
}

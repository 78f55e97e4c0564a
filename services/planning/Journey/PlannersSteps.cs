using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Scheduling;
using A = VGIntegration.Planning.Journey.PlannerAction;

namespace VGIntegration.Planning.Journey;

/// <summary>What a planner can do with a referral.</summary>
internal enum PlannerAction
{
    Take,
    Call,
    AskInformation,
    Book,
    Move,
    Replace,
    Wish,
    Miss,
    Withdraw,
    Close,
    Pause,
    Resume,
}

/// <summary>What people do with a referral before the conversation is held. A forbidden step is refused aloud.</summary>
internal sealed partial class ReferralJourney
{
    private static readonly PlannerAction[] BeforeBooking = [A.Take, A.Call, A.AskInformation, A.Wish, A.Book, A.Pause, A.Withdraw, A.Close];
    private static readonly PlannerAction[] AfterBooking = [A.Take, A.Call, A.Wish, A.Move, A.Replace, A.Miss, A.Withdraw, A.Close];
    private static readonly PlannerAction[] WhilePaused = [A.Resume, A.Wish, A.Withdraw, A.Close];

    /// <summary>The log-in of the planner who has it in hand.</summary>
    public string? Planner { get; private set; }

    /// <summary>When the resident is called again; UTC.</summary>
    public DateTimeOffset? CallBackAt { get; private set; }

    /// <summary>What the huisarts was asked for and has not answered yet: codes.</summary>
    public string? Missing { get; private set; }

    /// <summary>What the resident said; null when that is nothing.</summary>
    public ResidentWishes? Said { get; private set; }

    internal Wishes Wishes => new(PostcodeDigits, Language) { Said = Said ?? ResidentWishes.None, Declined = Matching.Declined.Read(Declined) };

    public DateTimeOffset? PausedAt { get; private set; }
    public DateTimeOffset? PausedUntil { get; private set; }

    /// <summary>Since the resident was spoken with, or from the begin.</summary>
    public int CallsInVain { get; private set; }

    /// <summary>The resident was reached at least once.</summary>
    public bool IsSpoken { get; private set; }

    public int NoShows { get; private set; }

    /// <summary>What can be done now.</summary>
    internal IReadOnlyList<PlannerAction> Allowed => Stage switch
    {
        Stage.AwaitingMatch or Stage.AwaitingSchedule => PausedAt is null ? BeforeBooking : WhilePaused,
        Stage.AwaitingConversation => PausedAt is null ? AfterBooking : WhilePaused,
        _ => [],
    };

    internal void Start(string planner, DateTimeOffset now)
    {
        Refuse(A.Take);
        Planner = planner;
        Add(Step.PlanningStarted, now, planner);
    }

    internal void Called(bool isReached, DateTimeOffset? callBackAt, string by, DateTimeOffset now)
    {
        Refuse(A.Call);
        RefuseIf(callBackAt <= now, "Terugbellen kan alleen in de toekomst. Kies een later moment.");
        (CallBackAt, IsSpoken, CallsInVain, Planner) = (callBackAt, IsSpoken || isReached, isReached ? 0 : CallsInVain + 1, Planner ?? by);
        Add(isReached ? Step.ResidentReached : Step.ResidentNotReached, now, by, callBackAt);
    }

    internal void Ask(IReadOnlyCollection<string> missing, string by, DateTimeOffset now)
    {
        Refuse(A.AskInformation);
        RefuseIf(missing.Count == 0, "Kies wat er ontbreekt.");
        Missing = string.Join(' ', missing);
        Add(Step.InformationRequested, now, by, note: Missing);
    }

    /// <summary>What the resident wants; false when that was known already.</summary>
    internal bool Wish(ResidentWishes said, string by, DateTimeOffset now)
    {
        Refuse(A.Wish);
        if (said == Wishes.Said)
        {
            return false;
        }

        Said = said == ResidentWishes.None ? null : said;
        Add(Step.WishesTold, now, by);
        return true;
    }

    internal void Booked(string by, DateTimeOffset now)
    {
        Refuse(A.Book);
        (CallBackAt, Binding, WhatHelps) = (null, null, null);
        Add(Step.ConversationScheduled, now, by);
    }

    internal void Moved(string by, DateTimeOffset now)
    {
        Refuse(A.Move);
        CallBackAt = null;
        Add(Step.ConversationRescheduled, now, by);
    }

    internal void Replaced(string by, DateTimeOffset now)
    {
        Refuse(A.Replace);
        Add(Step.ProfessionalReplaced, now, by);
    }

    internal void Missed(string by, DateTimeOffset now)
    {
        Refuse(A.Miss);
        NoShows++;
        Add(Step.NotAttended, now, by);
    }

    internal void ResidentWithdrew(string? note, string by, DateTimeOffset now)
    {
        Refuse(A.Withdraw);
        Add(Step.ResidentWithdrew, now, by, note: note);
        End(ClosingReason.WithdrawnByResident);
    }

    /// <summary>It ends without a conversation; the rules say when somebody counts as not reachable or as not coming.</summary>
    internal void Close(string reason, string? note, PlannerRules rules, string by, DateTimeOffset now)
    {
        Refuse(A.Close);
        RefuseIf(!rules.ClosingReasons.Contains(reason), "Kies een reden.");
        RefuseIf(reason is ClosingReason.Unreachable && CallsInVain < rules.CallsInVain,
            $"U hebt {CallsInVain} van de {rules.CallsInVain} keer tevergeefs gebeld. Bel eerst nog een keer.");
        RefuseIf(reason is ClosingReason.NotAttended && NoShows < rules.NoShows,
            $"De inwoner kwam {NoShows} van de {rules.NoShows} keer niet. Plan eerst een nieuw gesprek, of kies een andere reden.");
        RefuseIf(reason is ClosingReason.Other && string.IsNullOrWhiteSpace(note), "Schrijf op waarom u deze verwijzing afwijst.");
        Add(Step.Closed, now, by, note: note);
        End(reason);
    }

    internal void PauseUntil(DateTimeOffset? until, string? note, string by, DateTimeOffset now)
    {
        Refuse(A.Pause);
        RefuseIf(until <= now, "Kies een dag in de toekomst.");
        (PausedAt, PausedUntil, CallBackAt) = (now, until, null);
        Add(Step.Paused, now, by, until, note);
    }

    internal void Continue(string by, DateTimeOffset now)
    {
        Refuse(A.Resume);
        (PausedAt, PausedUntil) = (null, null);
        Add(Step.Resumed, now, by);
    }

    private void Add(Step step, DateTimeOffset at, string by, DateTimeOffset? until = null, string? note = null) =>
        Add(new JourneyStep(_steps.Count + 1, step, at) { By = by, Until = until, Note = note });

    private void End(string reason) => (ClosedBecause, Binding, WhatHelps, CallBackAt, PausedAt, PausedUntil, Missing) = (reason, null, null, null, null, null, null);

    private void Refuse(PlannerAction action) => RefuseIf(
        !Allowed.Contains(action),
        $"Dit kan nu niet: {Web.Dutch.Of(action)}. {(Allowed.Count == 0 ? "Er is niets meer te doen." : $"Nu kan wel: {string.Join(", ", Allowed.Select(Web.Dutch.Of))}.")}");

    private static void RefuseIf(bool isForbidden, string why)
    {
        if (isForbidden)
        {
            throw new RuleBrokenException(why);
        }
    }
}

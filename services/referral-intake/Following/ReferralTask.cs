using System.Collections.Frozen;

namespace VGIntegration.ReferralIntake.Following;

/// <summary>What happened to a referral, as the services tell it.</summary>
internal enum ReferralEvent
{
    TakenIn,
    DuoProposed,
    ConversationScheduled,
    ConversationHeld,
    AdviceSigned,
    AdviceReturned,
}

/// <summary>Where a referral stands (interface section 3).</summary>
internal enum ReferralState
{
    Registered,
    TakenIn,
    DuoProposed,
    AppointmentBooked,
    ConversationHeld,
    AdviceInPreparation,
    AdviceReturned,
}

/// <summary>
/// Who has the ball for one referral. The table is the whole process. What happened is kept and folded over the table, so
/// that an event that comes too early waits for the one before it, and one that comes twice counts once.
/// </summary>
internal sealed class ReferralTask
{
    private static readonly FrozenDictionary<(ReferralState, ReferralEvent), ReferralState> Road =
        new Dictionary<(ReferralState, ReferralEvent), ReferralState>
        {
            [(ReferralState.Registered, ReferralEvent.TakenIn)] = ReferralState.TakenIn,
            [(ReferralState.TakenIn, ReferralEvent.DuoProposed)] = ReferralState.DuoProposed,
            [(ReferralState.DuoProposed, ReferralEvent.DuoProposed)] = ReferralState.DuoProposed, // another duo
            [(ReferralState.DuoProposed, ReferralEvent.ConversationScheduled)] = ReferralState.AppointmentBooked,
            [(ReferralState.AppointmentBooked, ReferralEvent.ConversationScheduled)] = ReferralState.AppointmentBooked,
            [(ReferralState.AppointmentBooked, ReferralEvent.ConversationHeld)] = ReferralState.ConversationHeld,
            [(ReferralState.ConversationHeld, ReferralEvent.AdviceSigned)] = ReferralState.AdviceInPreparation,
            [(ReferralState.AdviceInPreparation, ReferralEvent.AdviceReturned)] = ReferralState.AdviceReturned,
        }.ToFrozenDictionary();

    private readonly List<HappenedEvent> _events = [];

    private ReferralTask() { }

    public Guid Id { get; private set; }
    public Guid ReferralId { get; private set; }
    public Guid PracticeId { get; private set; }
    public ReferralState State { get; private set; }

    /// <summary>FHIR R4 meta.versionId of the Task; also what keeps two writers apart.</summary>
    public int Version { get; private set; }

    public DateTimeOffset AuthoredAt { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The letter, once the GP system has it.</summary>
    public string? DocumentReferenceId { get; private set; }

    public IReadOnlyCollection<HappenedEvent> Events => _events;

    internal static ReferralTask Open(Guid referralId, Guid practiceId, DateTimeOffset now) => new()
    {
        Id = Guid.NewGuid(),
        ReferralId = referralId,
        PracticeId = practiceId,
        Version = 1,
        AuthoredAt = now,
        UpdatedAt = now,
    };

    internal void Record(HappenedEvent happened, DateTimeOffset now, string? documentReferenceId = null)
    {
        if (_events.Any(e => e.Publisher == happened.Publisher && e.Sequence == happened.Sequence))
        {
            return; // told twice
        }

        _events.Add(happened);
        DocumentReferenceId = documentReferenceId ?? DocumentReferenceId;
        (State, Version, UpdatedAt) = (Fold(), Version + 1, now);
    }

    internal static bool Allows(ReferralState from, ReferralEvent happened) => Road.ContainsKey((from, happened));

    private ReferralState Fold()
    {
        var state = ReferralState.Registered;
        var waiting = _events.OrderBy(e => e.OccurredAt).ThenBy(e => e.Sequence).ToList();
        while (waiting.Find(e => Road.ContainsKey((state, e.Event))) is { } next)
        {
            state = Road[(state, next.Event)];
            waiting.Remove(next);
        }

        return state;
    }
}

/// <summary>One event, known by its publisher and number.</summary>
internal sealed record HappenedEvent(string Publisher, int Sequence, ReferralEvent Event, DateTimeOffset OccurredAt);

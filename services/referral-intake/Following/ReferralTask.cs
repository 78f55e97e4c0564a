namespace VGIntegration.ReferralIntake.Following;

/// <summary>
/// Who has the ball for one referral. What happened is kept and folded over the <see cref="StateTable"/>, so that an event
/// that comes too early waits for the one before it, and one that comes twice counts once.
/// </summary>
internal sealed class ReferralTask
{
    private const string GpSystem = "gp-system";

    private readonly List<HappenedEvent> _events = [];

    private ReferralTask() { }

    public Guid Id { get; private set; }
    public Guid ReferralId { get; private set; }
    public Guid PracticeId { get; private set; }
    public ReferralState State { get; private set; }

    /// <summary>FHIR R4 meta.versionId of the Task: counts what a GP system can see change.</summary>
    public int Version { get; private set; }

    /// <summary>Keeps two writers apart; counts every change, also one that nobody sees yet.</summary>
    public int Revision { get; private set; }

    /// <summary>How many messages this service has sent about this referral.</summary>
    public int Told { get; private set; }

    public DateTimeOffset AuthoredAt { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The letter, once the GP system has it.</summary>
    public string? DocumentReferenceId { get; private set; }

    /// <summary>The duo, once a conversation was booked: planning's ids.</summary>
    public Guid? MentalHealthProfessionalId { get; private set; }

    public Guid? SocialDomainProfessionalId { get; private set; }

    /// <summary>Why it ended without an advice: a ClosingReason of the messages.</summary>
    public string? ClosedBecause { get; private set; }

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

    /// <summary>The Sequence of this service's next message about this referral; ReferralReceived is the first.</summary>
    internal int NextSequence()
    {
        Revision++;
        return ++Told;
    }

    /// <summary>Takes up what was told. Gives the version that it supersedes, where a GP system can see the difference.</summary>
    internal TaskVersion? Record(HappenedEvent happened, DateTimeOffset now)
    {
        if (_events.Any(e => e.Publisher == happened.Publisher && e.Sequence == happened.Sequence))
        {
            return null; // told twice
        }

        var before = Current();
        _events.Add(happened);
        Revision++;
        Fold();
        if (Current() == before)
        {
            return null;
        }

        (Version, UpdatedAt) = (Version + 1, now);
        return before;
    }

    /// <summary>The GP system does something itself, knowing all that happened so far.</summary>
    internal TaskVersion? Act(ReferralEvent action, DateTimeOffset now)
    {
        var at = _events.Select(e => e.OccurredAt.AddMilliseconds(1)).Append(now).Max(); // another service's clock may be ahead
        return Record(new HappenedEvent(GpSystem, _events.Count(e => e.Publisher == GpSystem) + 1, action, Role.GpSystem, at), now);
    }

    /// <summary>The letter that was told last, whatever its message overtook; null when it was taken back.</summary>
    internal string? NewestLetter => _events.Where(e => e.Event is ReferralEvent.AdviceReturned or ReferralEvent.AdviceCorrected)
        .MaxBy(e => e.Sequence)?.DocumentReferenceId;

    /// <summary>This version, as it is kept once it is superseded.</summary>
    internal TaskVersion Current() => new()
    {
        TaskId = Id,
        Version = Version,
        State = State,
        UpdatedAt = UpdatedAt,
        DocumentReferenceId = DocumentReferenceId,
        MentalHealthProfessionalId = MentalHealthProfessionalId,
        SocialDomainProfessionalId = SocialDomainProfessionalId,
        ClosedBecause = ClosedBecause,
    };

    private void Fold()
    {
        (State, DocumentReferenceId, MentalHealthProfessionalId, SocialDomainProfessionalId) = (ReferralState.Registered, null, null, null);
        ClosedBecause = null;
        var beforePause = State;
        var waiting = _events.OrderBy(e => e.OccurredAt).ThenBy(e => e.Sequence).ToList();
        while (waiting.Find(e => StateTable.NextWhenTold(State, e.Event, e.By, beforePause) is not null) is { } next)
        {
            var to = StateTable.NextWhenTold(State, next.Event, next.By, beforePause)!.Value;
            beforePause = to is ReferralState.Paused ? State : beforePause;
            State = to;
            ClosedBecause = next.ClosedBecause;
            DocumentReferenceId = next.Event is ReferralEvent.AdviceCorrected ? next.DocumentReferenceId : next.DocumentReferenceId ?? DocumentReferenceId;
            MentalHealthProfessionalId = next.MentalHealthProfessionalId ?? MentalHealthProfessionalId;
            SocialDomainProfessionalId = next.SocialDomainProfessionalId ?? SocialDomainProfessionalId;

            // What its publisher told before it and was not allowed then, is past.
            waiting.RemoveAll(e => e.Publisher == next.Publisher && e.Sequence <= next.Sequence);
        }
    }
}

/// <summary>One event, known by its publisher and number.</summary>
internal sealed record HappenedEvent(string Publisher, int Sequence, ReferralEvent Event, Role By, DateTimeOffset OccurredAt)
{
    public string? DocumentReferenceId { get; init; }
    public Guid? MentalHealthProfessionalId { get; init; }
    public Guid? SocialDomainProfessionalId { get; init; }
    public string? ClosedBecause { get; init; }
}

/// <summary>A version of the Task that was superseded.</summary>
internal sealed record TaskVersion
{
    public Guid TaskId { get; init; }
    public int Version { get; init; }
    public ReferralState State { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public string? DocumentReferenceId { get; init; }
    public Guid? MentalHealthProfessionalId { get; init; }
    public Guid? SocialDomainProfessionalId { get; init; }
    public string? ClosedBecause { get; init; }
}

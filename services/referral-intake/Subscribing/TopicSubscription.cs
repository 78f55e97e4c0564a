namespace VGIntegration.ReferralIntake.Subscribing;

internal enum SubscriptionState
{
    /// <summary>The endpoint has not answered the handshake yet.</summary>
    Requested,
    Active,
    Error,
    Off,
}

/// <summary>What a practice asked to be notified of, and where.</summary>
internal sealed record Wish(
    string Endpoint, string? ProtectedAuthorization, string Reason, string? TaskStatuses, DateTimeOffset? EndsAt);

/// <summary>A practice is notified when one of its referrals changes status (FHIR R4 Subscription, R5 backport).</summary>
internal sealed class TopicSubscription
{
    private TopicSubscription() { }

    public Guid Id { get; private set; }
    public Guid PracticeId { get; private set; }
    public SubscriptionState State { get; private set; }

    /// <summary>Why the state is Error: refused or unreachable.</summary>
    public string? Hindrance { get; private set; }

    public string Endpoint { get; private set; } = "";

    /// <summary>What goes along in the header Authorization, encrypted; it is shown to nobody.</summary>
    public string? ProtectedAuthorization { get; private set; }

    /// <summary>The practice's own words.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Only events that bring the Task in one of these statuses; all when null. Separated by commas.</summary>
    public string? TaskStatuses { get; private set; }

    public DateTimeOffset? EndsAt { get; private set; }

    /// <summary>Our address as the practice knows it.</summary>
    public string OurBase { get; private set; } = "";

    /// <summary>The endpoint once took a handshake: from then on every event is numbered, also while it is out of reach.</summary>
    public bool WasActive { get; private set; }

    /// <summary>How many events there were since the subscription began.</summary>
    public long EventCount { get; private set; }

    /// <summary>How many handshakes and events feedback was asked to send.</summary>
    public int Told { get; private set; }

    /// <summary>When feedback last said how the endpoint is; what it said before that is past.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>What feedback was asked to send when the endpoint was last changed; an answer to anything before is past.</summary>
    public int AskedAt { get; private set; }

    /// <summary>FHIR R4 meta.versionId: counts what the practice can see change.</summary>
    public int Version { get; private set; }

    /// <summary>Keeps two writers apart.</summary>
    public int Revision { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }

    internal static TopicSubscription Ask(Guid practiceId, Wish wish, string ourBase, DateTimeOffset now)
    {
        var subscription = new TopicSubscription
        {
            Id = Guid.NewGuid(),
            PracticeId = practiceId,
            OurBase = ourBase,
            CreatedAt = now,
        };
        subscription.Change(wish, isOff: false, now);
        return subscription;
    }

    /// <summary>Takes over what the practice asks now; true when the endpoint must be asked whether it listens.</summary>
    internal bool Change(Wish wish, bool isOff, DateTimeOffset now)
    {
        var mustAsk = !isOff && (State is not SubscriptionState.Active || wish.Endpoint != Endpoint
            || wish.ProtectedAuthorization != ProtectedAuthorization || Version == 0);
        (Endpoint, ProtectedAuthorization, Reason, TaskStatuses, EndsAt) =
            (wish.Endpoint, wish.ProtectedAuthorization, wish.Reason, wish.TaskStatuses, wish.EndsAt);
        Hindrance = isOff || mustAsk ? null : Hindrance;
        State = isOff ? SubscriptionState.Off : mustAsk ? SubscriptionState.Requested : State;
        WasActive &= !isOff;
        Seen(now);
        return mustAsk;
    }

    /// <summary>The number under which feedback is asked to send a handshake.</summary>
    internal int NextHandshake()
    {
        Revision++;
        AskedAt = ++Told;
        return Told;
    }

    internal bool Wants(string taskStatus, DateTimeOffset now) => WasActive && State is not SubscriptionState.Off && !HasEnded(now)
        && (TaskStatuses is null || TaskStatuses.Split(',').Contains(taskStatus));

    internal bool HasEnded(DateTimeOffset now) => EndsAt <= now;

    /// <summary>One more event: its number within the subscription, without gaps, and the one to send it under.</summary>
    internal (long EventNumber, int Sequence) Raise()
    {
        Revision++;
        return (++EventCount, ++Told);
    }

    /// <summary>How the endpoint took what was sent.</summary>
    internal void Heard(int sequence, string? hindrance, DateTimeOffset at, DateTimeOffset now)
    {
        if (State is SubscriptionState.Off || sequence < AskedAt || at < AnsweredAt)
        {
            return; // an answer from before the practice changed it
        }

        AnsweredAt = at;
        var state = hindrance is null ? SubscriptionState.Active : SubscriptionState.Error;
        WasActive |= hindrance is null;
        Revision++;
        if ((state, hindrance) != (State, Hindrance))
        {
            (State, Hindrance) = (state, hindrance);
            Seen(now);
        }
    }

    private void Seen(DateTimeOffset now) => (Version, Revision, UpdatedAt) = (Version + 1, Revision + 1, now);
}

/// <summary>One event of a subscription, kept so that what was missed can be asked for.</summary>
internal sealed record SubscriptionEvent(Guid SubscriptionId, long Number, Guid TaskId, int TaskVersion, DateTimeOffset OccurredAt);

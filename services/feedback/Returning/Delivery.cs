using VGIntegration.Feedback.Advising;

namespace VGIntegration.Feedback.Returning;

/// <summary>What is on its way. Letters go before news of the same practice; notifications have a road of their own.</summary>
internal enum ParcelKind
{
    Advice,
    ClosingNote,

    /// <summary>A letter that should never have existed is marked so where it was received.</summary>
    Retraction,

    /// <summary>A letter that was replaced is marked so where it was received.</summary>
    Supersession,

    /// <summary>The referral that the advice proposes, for the huisarts to sign.</summary>
    Draft,

    /// <summary>A draft that no longer counts.</summary>
    DraftRevocation,
    TaskUpdate,
    Handshake,
    Notification,
}

internal enum DeliveryState
{
    Waiting,
    Delivered,
    Refused,

    /// <summary>Overtaken by newer news, or nobody wants it any more.</summary>
    NotNeeded,
}

/// <summary>What stood in the way the last time; a kind, never a text from outside.</summary>
internal enum Hindrance
{
    IntakeUnavailable,
    PlanningUnavailable,
    NoAddress,
    Unreachable,
    TimedOut,
    Busy,
    ServerError,
    NoReceipt,
    Redirected,
    Unauthorised,
    Refused,
    CannotTell,
    Defect,
}

/// <summary>One parcel on its way to one practice. The table of these is the queue.</summary>
internal sealed class Delivery
{
    private Delivery() { }

    /// <summary>Of a letter also its logical id (FHIR R4 DocumentReference.id): the same over all retries.</summary>
    public Guid Id { get; private set; }

    public ParcelKind Kind { get; private set; }

    /// <summary>What it is, so that the same message twice makes one delivery.</summary>
    public string Key { get; private set; } = "";

    public Guid? AdviceId { get; private set; }

    /// <summary>Which referral it is about; none for a handshake.</summary>
    public Guid? ReferralId { get; private set; }

    /// <summary>The advice, Task or Subscription whose parcels go one after the other; none for a closing note.</summary>
    public Guid? SubjectId { get; private set; }

    /// <summary>Its place in the order of its subject: the edition, the version of the Task, or the number within the subscription.</summary>
    public int Number { get; private set; }

    /// <summary>The letter that this is about, where it is no letter itself.</summary>
    public Guid? LetterId { get; private set; }

    /// <summary>The event that a notification tells of.</summary>
    public long? EventNumber { get; private set; }

    /// <summary>Travels as X-Request-Id: the same on each retry, another when a person sends again.</summary>
    public Guid RequestId { get; private set; }

    /// <summary>Intake's id of the practice, once it is known.</summary>
    public string? PracticeId { get; private set; }

    public string? PracticeName { get; private set; }

    /// <summary>What shares one road, and is held up together; see <see cref="Lanes"/>.</summary>
    public string? Lane { get; private set; }

    public DeliveryState State { get; private set; }
    public int Attempts { get; private set; }
    public Hindrance? LastHindrance { get; private set; }

    /// <summary>The HTTP status of the last answer, where there was one.</summary>
    public int? LastStatus { get; private set; }

    /// <summary>It may be there already; where that matters, the GP system is asked before it is sent again.</summary>
    public bool IsOutcomeUnknown { get; private set; }

    /// <summary>When an attempt last ended without anybody knowing what came of it; the practice may act on it still.</summary>
    public DateTimeOffset? DoubtfulAt { get; private set; }

    public DateTimeOffset WaitingSince { get; private set; }
    public DateTimeOffset NextAttemptAt { get; private set; }
    public DateTimeOffset LeasedUntil { get; private set; }

    /// <summary>Which process has it in hand.</summary>
    public Guid LeasedBy { get; private set; }

    /// <summary>Somebody was told that it does not arrive, and of a letter not yet that it did.</summary>
    public bool IsWarned { get; private set; }

    public DateTimeOffset? DeliveredAt { get; private set; }
    public string? DocumentReferenceId { get; private set; }

    /// <summary>The number of this service's last message about the referral; 1 told that the advice was signed.</summary>
    public int Sequence { get; private set; }

    /// <summary>W3C Trace Context traceparent of what it tells of.</summary>
    public string? TraceParent { get; private set; }

    public int Version { get; private set; }

    /// <summary>It was told before, and is told once more; see <see cref="OnceMore"/>.</summary>
    public bool IsRepetition { get; private set; }

    /// <summary>A letter, or what is said of one; delivered once.</summary>
    public bool IsLetter => Kind is not (ParcelKind.TaskUpdate or ParcelKind.Handshake or ParcelKind.Notification);

    /// <summary>It arrived, or an attempt ended without anybody knowing.</summary>
    public bool MayBeThere => State is DeliveryState.Delivered || (IsOutcomeUnknown && DoubtfulAt is not null);

    /// <param name="told">The number of this service's last message about the referral.</param>
    /// <param name="edition">Which of its final editions; the last one when not given.</param>
    public static Delivery Of(Advice advice, int told, string? traceParent, DateTimeOffset now, int? edition = null) => advice.IsFinal || edition is not null
        ? new(ParcelKind.Advice, $"advice/{advice.Id}/{edition ?? advice.Edition}", traceParent, now)
        {
            AdviceId = advice.Id,
            ReferralId = advice.ReferralId,
            SubjectId = advice.Id,
            Number = edition ?? advice.Edition,
            Sequence = told,
        }
        : throw new RuleBrokenException("Only an advice with its three marks goes to the huisarts.");

    /// <summary>The letter that says why there was no conversation.</summary>
    public static Delivery OfClosingNote(Guid referralId, Guid practiceId, string? traceParent, DateTimeOffset now) =>
        new(ParcelKind.ClosingNote, $"closing-note/{referralId}", traceParent, now)
        {
            ReferralId = referralId,
            PracticeId = practiceId.ToString(),
            Lane = Lanes.OfLetters(practiceId.ToString()),
        };

    public static Delivery OfTask(
        Guid taskId, int version, Guid referralId, Guid practiceId, string? traceParent, DateTimeOffset now) =>
        new(ParcelKind.TaskUpdate, $"task/{taskId}/{version}", traceParent, now)
        {
            ReferralId = referralId,
            PracticeId = practiceId.ToString(),
            Lane = Lanes.OfTasks(practiceId.ToString()),
            SubjectId = taskId,
            Number = version,
        };

    public static Delivery OfHandshake(Guid subscriptionId, int number, Guid practiceId, string? traceParent, DateTimeOffset now) =>
        new(ParcelKind.Handshake, $"subscription/{subscriptionId}/{number}", traceParent, now)
        {
            PracticeId = practiceId.ToString(),
            Lane = Lanes.OfSubscription(subscriptionId),
            SubjectId = subscriptionId,
            Number = number,
        };

    public static Delivery OfEvent(
        Guid subscriptionId, int number, long eventNumber, Guid referralId, Guid practiceId, string? traceParent, DateTimeOffset now) =>
        new(ParcelKind.Notification, $"subscription/{subscriptionId}/{number}", traceParent, now)
        {
            ReferralId = referralId,
            PracticeId = practiceId.ToString(),
            Lane = Lanes.OfSubscription(subscriptionId),
            SubjectId = subscriptionId,
            Number = number,
            EventNumber = eventNumber,
        };

    /// <summary>What is said of a letter after it, the how manieth time: by the road of its practice.</summary>
    public static Delivery About(Delivery letter, ParcelKind kind, int number, int time, DateTimeOffset now) =>
        new(kind, $"{kind}/{letter.Id}/{time}", letter.TraceParent, now)
        {
            AdviceId = letter.AdviceId,
            ReferralId = letter.ReferralId,
            SubjectId = letter.AdviceId,
            Number = number,
            LetterId = letter.Id,
            PracticeId = letter.PracticeId,
            PracticeName = letter.PracticeName,
            Lane = letter.Lane,
            DocumentReferenceId = letter.DocumentReferenceId,
            Sequence = letter.Sequence,
        };

    private Delivery(ParcelKind kind, string key, string? traceParent, DateTimeOffset now)
    {
        Id = Guid.NewGuid(); // not sequential: it is an address in the GP system
        (Kind, Key, RequestId, TraceParent) = (kind, key, Guid.NewGuid(), traceParent);
        (WaitingSince, NextAttemptAt, LeasedUntil) = (now, now, DateTimeOffset.UnixEpoch);
    }

    /// <summary>The same news once more, later: an older version may still arrive at the practice, for an attempt got no answer.</summary>
    public Delivery OnceMore(int version, TimeSpan after, DateTimeOffset now)
    {
        if (Kind is not ParcelKind.TaskUpdate)
        {
            throw new RuleBrokenException("Only an update of a Task can be overtaken by an older one.");
        }

        return new(Kind, $"task/{SubjectId}/{version}/{Id}", TraceParent, now)
        {
            ReferralId = ReferralId,
            PracticeId = PracticeId,
            PracticeName = PracticeName,
            Lane = Lane,
            SubjectId = SubjectId,
            Number = version,
            IsRepetition = true,
            WaitingSince = now + after,
            NextAttemptAt = now + after,
        };
    }

    public void Postpone(Failure failure, DateTimeOffset nextAttemptAt)
    {
        MustWait();
        (Attempts, LastHindrance, LastStatus) = (Attempts + 1, failure.Hindrance, failure.Status);
        Release(nextAttemptAt);
    }

    /// <summary>Not before then: what was said before may still be on its way.</summary>
    public Delivery NotBefore(DateTimeOffset at)
    {
        NextAttemptAt = at > NextAttemptAt ? at : NextAttemptAt;
        return this;
    }

    /// <summary>Other letters of the same advice told something meanwhile.</summary>
    public void Follow(int told) => Sequence = Math.Max(Sequence, told);

    /// <summary>The attempt ended in a way that everybody knows: what was doubtful before it still is.</summary>
    public void DoubtOnly(DateTimeOffset? before) => DoubtfulAt = before;

    public void Refuse(Failure failure, DateTimeOffset now)
    {
        MustWait();
        (State, LastHindrance, LastStatus) = (DeliveryState.Refused, failure.Hindrance, failure.Status);
        IsOutcomeUnknown &= !failure.IsNotStored;
        IsWarned = true;
        Attempts++;
        Sequence++;
        Release(now);
    }

    public void MarkDelivered(string documentReferenceId, DateTimeOffset now)
    {
        if (State is DeliveryState.Delivered)
        {
            throw new RuleBrokenException("A parcel is delivered once.");
        }

        (State, DocumentReferenceId, DeliveredAt) = (DeliveryState.Delivered, documentReferenceId, now);
        (LastHindrance, LastStatus, IsOutcomeUnknown) = (null, null, false);
        Attempts++;
        Sequence++;
        Release(now);
    }

    /// <summary>Newer news has arrived, or nobody wants it any more.</summary>
    public void Drop(DateTimeOffset now)
    {
        if (State is DeliveryState.Delivered)
        {
            throw new RuleBrokenException("A parcel that was delivered was needed.");
        }

        (State, LastHindrance, LastStatus) = (DeliveryState.NotNeeded, null, null);
        Release(now);
    }

    /// <summary>A person hears once that it has waited too long.</summary>
    public void Warn()
    {
        MustWait();
        IsWarned = true;
        Sequence++;
        Version++;
    }

    /// <summary>What was told to be out of reach is in reach again.</summary>
    public void Reassure() => (IsWarned, Version) = (false, Version + 1);

    /// <summary>A person asks to send now, after the practice put right what was wrong, or lost what it had got.</summary>
    public void SendAgain(DateTimeOffset now)
    {
        if (State is DeliveryState.Delivered && IsLetter)
        {
            throw new RuleBrokenException("A letter that was delivered is not sent again.");
        }

        if (State is DeliveryState.NotNeeded && IsLetter)
        {
            throw new RuleBrokenException("A letter that was overtaken, or that the resident no longer shares, is not sent any more.");
        }

        if (State is not DeliveryState.Waiting)
        {
            (State, WaitingSince, IsWarned, RequestId) = (DeliveryState.Waiting, now, IsWarned && IsLetter, Guid.NewGuid());
            DeliveredAt = null;
            // Who sends again after this has asked the practice whether the letter is there, for its system cannot tell.
            IsOutcomeUnknown &= LastHindrance is not Hindrance.CannotTell;
        }

        NextAttemptAt = now;
        Version++;
    }

    private void MustWait()
    {
        if (State is not DeliveryState.Waiting)
        {
            throw new RuleBrokenException("Only a parcel that waits can be tried.");
        }
    }

    private void Release(DateTimeOffset nextAttemptAt) =>
        (NextAttemptAt, LeasedUntil, Version) = (nextAttemptAt, DateTimeOffset.UnixEpoch, Version + 1);
}

/// <summary>Why an attempt did not end in a receipt.</summary>
internal sealed record Failure(Hindrance Hindrance, int? Status = null, TimeSpan? RetryAfter = null)
{
    /// <summary>Asking again changes nothing until a person did something.</summary>
    public bool NeedsPerson => Hindrance
        is Hindrance.Redirected or Hindrance.Unauthorised or Hindrance.Refused or Hindrance.CannotTell;

    /// <summary>The next one to this practice would fare no better; else it is this parcel, or we ourselves.</summary>
    public bool IsOfPractice => Hindrance is Hindrance.NoAddress or Hindrance.Unreachable or Hindrance.TimedOut
        or Hindrance.Busy or Hindrance.ServerError or Hindrance.NoReceipt;

    /// <summary>FHIR R4 http: 409 and 412 say that something is there already, and that may be this very letter.</summary>
    public bool MayBeThere => Hindrance is Hindrance.Refused && Status is 409 or 412;

    /// <summary>Only a refusal says for certain that the letter was not stored.</summary>
    public bool IsNotStored => Hindrance is Hindrance.Unauthorised or Hindrance.Refused;

    /// <summary>It left, and the practice's system may still be about to store it.</summary>
    public bool MayLandLater { get; init; } = Hindrance
        is Hindrance.TimedOut or Hindrance.NoReceipt or Hindrance.ServerError && Status is not 503;
}

using VGIntegration.Feedback.Advising;

namespace VGIntegration.Feedback.Returning;

internal enum DeliveryState
{
    Waiting,
    Delivered,
    Refused,
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

/// <summary>One letter on its way to one practice. The table of these is the queue.</summary>
internal sealed class Delivery
{
    private Delivery() { }

    /// <summary>Also the letter's logical id (FHIR R4 DocumentReference.id): the same over all retries.</summary>
    public Guid Id { get; private set; }

    public Guid AdviceId { get; private set; }
    public Guid ReferralId { get; private set; }

    /// <summary>Travels as X-Request-Id: the same on each retry, another when a person sends again.</summary>
    public Guid RequestId { get; private set; }

    /// <summary>Intake's id of the practice, once it is known.</summary>
    public string? PracticeId { get; private set; }

    public string? PracticeName { get; private set; }
    public DeliveryState State { get; private set; }
    public int Attempts { get; private set; }
    public Hindrance? LastHindrance { get; private set; }

    /// <summary>The HTTP status of the last answer, where there was one.</summary>
    public int? LastStatus { get; private set; }

    /// <summary>The letter may be there already; the GP system is asked before it is sent again.</summary>
    public bool IsOutcomeUnknown { get; private set; }

    public DateTimeOffset WaitingSince { get; private set; }
    public DateTimeOffset NextAttemptAt { get; private set; }
    public DateTimeOffset LeasedUntil { get; private set; }

    /// <summary>Which process has it in hand.</summary>
    public Guid LeasedBy { get; private set; }

    public bool IsWarned { get; private set; }
    public DateTimeOffset? DeliveredAt { get; private set; }
    public string? DocumentReferenceId { get; private set; }

    /// <summary>The number of this service's last message about the referral; 1 told that the advice was signed.</summary>
    public int Sequence { get; private set; }

    /// <summary>W3C Trace Context traceparent of the second signature.</summary>
    public string? TraceParent { get; private set; }

    public int Version { get; private set; }

    public static Delivery Of(Advice advice, string? traceParent, DateTimeOffset now) => advice.IsFinal
        ? new Delivery
        {
            Id = Guid.NewGuid(), // not sequential: it is an address in the GP system
            AdviceId = advice.Id,
            ReferralId = advice.ReferralId,
            RequestId = Guid.NewGuid(),
            WaitingSince = now,
            NextAttemptAt = now,
            LeasedUntil = DateTimeOffset.UnixEpoch,
            Sequence = 1,
            TraceParent = traceParent,
        }
        : throw new RuleBrokenException("Only an advice that both have signed goes to the huisarts.");

    public void Postpone(Failure failure, DateTimeOffset nextAttemptAt)
    {
        MustWait();
        (Attempts, LastHindrance, LastStatus) = (Attempts + 1, failure.Hindrance, failure.Status);
        Release(nextAttemptAt);
    }

    public void Refuse(Failure failure, DateTimeOffset now)
    {
        MustWait();
        (State, LastHindrance, LastStatus) = (DeliveryState.Refused, failure.Hindrance, failure.Status);
        IsOutcomeUnknown &= !failure.IsNotStored;
        Attempts++;
        Sequence++;
        Release(now);
    }

    public void MarkDelivered(string documentReferenceId, DateTimeOffset now)
    {
        if (State is DeliveryState.Delivered)
        {
            throw new RuleBrokenException("A letter is delivered once.");
        }

        (State, DocumentReferenceId, DeliveredAt) = (DeliveryState.Delivered, documentReferenceId, now);
        (LastHindrance, LastStatus, IsOutcomeUnknown) = (null, null, false);
        Attempts++;
        Sequence++;
        Release(now);
    }

    /// <summary>A person hears once that the letter has waited too long.</summary>
    public void Warn()
    {
        MustWait();
        IsWarned = true;
        Sequence++;
        Version++;
    }

    /// <summary>A person asks to send now, after the practice put right what was wrong.</summary>
    public void SendAgain(DateTimeOffset now)
    {
        if (State is DeliveryState.Delivered)
        {
            throw new RuleBrokenException("A letter that was delivered is not sent again.");
        }

        if (State is DeliveryState.Refused)
        {
            (State, WaitingSince, IsWarned, RequestId) = (DeliveryState.Waiting, now, false, Guid.NewGuid());
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
            throw new RuleBrokenException("Only a letter that waits can be tried.");
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

    /// <summary>Only a refusal says for certain that the letter was not stored.</summary>
    public bool IsNotStored => Hindrance is Hindrance.Unauthorised or Hindrance.Refused;
}

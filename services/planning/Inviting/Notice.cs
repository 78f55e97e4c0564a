using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VGIntegration.Planning.Inviting;

internal enum NoticeKind
{
    /// <summary>To a professional or a room: new, or changed.</summary>
    Invitation,

    /// <summary>To a professional or a room: it is off, or no longer theirs.</summary>
    Cancellation,

    /// <summary>To the resident: it is booked, or changed.</summary>
    Confirmation,

    /// <summary>To the resident: it is off.</summary>
    CalledOff,

    /// <summary>To the resident, some days before.</summary>
    Reminder,

    /// <summary>To the resident: choose a moment yourself.</summary>
    Choice,
}

internal enum Addressee
{
    Professional,
    Location,
    Resident,
}

internal enum NoticeState
{
    Waiting,
    Sent,

    /// <summary>Nothing changes until a person does something.</summary>
    Failed,

    /// <summary>There is no e-mail address: somebody prints the letter and posts it.</summary>
    ToPrint,

    /// <summary>There is no way to write in time: somebody calls.</summary>
    ToCall,

    /// <summary>Overtaken by something newer.</summary>
    NotNeeded,
}

/// <summary>The way it went.</summary>
internal enum Channel
{
    Email,
    Sms,
    Letter,
    Telephone,
}

/// <summary>What stood in the way the last time; a kind, never a text from outside.</summary>
internal enum Obstacle
{
    NoAddress,
    BadAddress,
    IntakeUnavailable,
    ServerUnreachable,
    ServerBusy,
    Refused,
    Defect,
}

/// <summary>
/// Something that is on its way to one of those who take part. The table of these is the queue. Who it goes to is a kind and
/// an id; the address is asked for when it is sent, and not kept.
/// </summary>
internal sealed class Notice
{
    /// <summary>Longer than one sending may take.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private Notice() { }

    public Guid Id { get; private set; }
    public Guid ReferralId { get; private set; }

    /// <summary>The conversation; of a choice the referral.</summary>
    public Guid SubjectId { get; private set; }

    /// <summary>RFC 5545 SEQUENCE of what it tells; of a choice the time it was asked for.</summary>
    public long Sequence { get; private set; }

    public NoticeKind Kind { get; private set; }
    public Addressee Addressee { get; private set; }

    /// <summary>The professional or the location; the referral for the resident.</summary>
    public Guid AddresseeId { get; private set; }

    /// <summary>As it was when this was told, for what is taken back tells what it was.</summary>
    public Guid LocationId { get; private set; }
    public DateTimeOffset StartsAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }

    public NoticeState State { get; private set; }
    public Channel? SentBy { get; private set; }
    public Obstacle? Obstacle { get; private set; }
    public int Attempts { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset NextAttemptAt { get; private set; }
    public DateTimeOffset LeasedUntil { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }
    public int Version { get; private set; }

    /// <summary>
    /// The part before the at sign of the Message-ID: fixed by what it tells and to whom, so that a mail that was sent twice
    /// after a crash is one mail to who gets it. It tells nobody who that is.
    /// </summary>
    internal string MessageName
    {
        get
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{SubjectId:N}/{Sequence}/{Kind}/{Addressee}/{AddresseeId:N}");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key)))[..40];
        }
    }

    internal bool IsOpen => State is NoticeState.Waiting or NoticeState.Failed or NoticeState.ToPrint or NoticeState.ToCall;

    internal static Notice Of(
        Appointment appointment, NoticeKind kind, Addressee addressee, Guid addresseeId, Arrangement told, DateTimeOffset notBefore, DateTimeOffset now) => new()
        {
            Id = Guid.CreateVersion7(now),
            ReferralId = appointment.ReferralId,
            SubjectId = appointment.ConversationId,
            Sequence = appointment.Sequence,
            Kind = kind,
            Addressee = addressee,
            AddresseeId = addresseeId,
            LocationId = told.LocationId,
            StartsAt = told.StartsAt,
            EndsAt = told.EndsAt,
            CreatedAt = now,
            NextAttemptAt = notBefore,
            LeasedUntil = DateTimeOffset.UnixEpoch,
        };

    /// <summary>The resident is asked to choose.</summary>
    internal static Notice OfChoice(Guid referralId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ReferralId = referralId,
        SubjectId = referralId,
        Sequence = now.ToUnixTimeMilliseconds(),
        Kind = NoticeKind.Choice,
        Addressee = Addressee.Resident,
        AddresseeId = referralId,
        CreatedAt = now,
        NextAttemptAt = now,
        LeasedUntil = DateTimeOffset.UnixEpoch,
    };

    internal void MarkSent(Channel by, DateTimeOffset now)
    {
        (State, SentBy, Obstacle, DoneAt) = (NoticeState.Sent, by, null, now);
        Attempts++;
        Release();
    }

    /// <summary>There is no way to send it from here: a person prints it, or calls.</summary>
    internal void HandOver(NoticeState toWhom, Obstacle? because)
    {
        (State, Obstacle) = (toWhom, because);
        Attempts++;
        Release();
    }

    /// <summary>It is tried again: after 10 s, 20 s, 40 s and so on to an hour.</summary>
    internal void Postpone(Obstacle because, DateTimeOffset now, double chance)
    {
        var wait = TimeSpan.FromSeconds(Math.Min(10 * Math.Pow(2, Math.Min(Attempts, 9)), Longest.TotalSeconds) * (0.8 + (0.2 * chance)));
        (State, Obstacle, NextAttemptAt) = (NoticeState.Waiting, because, now + wait);
        Attempts++;
        Release();
    }

    internal void Fail(Obstacle because)
    {
        (State, Obstacle) = (NoticeState.Failed, because);
        Attempts++;
        Release();
    }

    internal void Drop(DateTimeOffset now)
    {
        (State, DoneAt) = (NoticeState.NotNeeded, now);
        Release();
    }

    /// <summary>A person put right what was wrong; false when there is nothing to send again.</summary>
    internal bool SendAgain(DateTimeOffset now)
    {
        if (!IsOpen || LeasedUntil > now)
        {
            return false;
        }

        (State, NextAttemptAt, Attempts) = (NoticeState.Waiting, now, 0);
        Release();
        return true;
    }

    private void Release() => (LeasedUntil, Version) = (DateTimeOffset.UnixEpoch, Version + 1);
}

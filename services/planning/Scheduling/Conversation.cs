using VGIntegration.Planning.Matching;

namespace VGIntegration.Planning.Scheduling;

internal enum ConversationStatus
{
    Proposed,
    Scheduled,
    Held,
}

/// <summary>
/// One exploratory conversation between a resident and a duo. While it is proposed its moment is kept free for this
/// referral; a planner books it, or books another moment. One that did not take place becomes a MissedConversation.
/// </summary>
internal sealed class Conversation
{
    internal static readonly TimeSpan Evaluation = Matcher.Slot - Matcher.Length;

    private Conversation() { }

    public Guid Id { get; private set; }
    public Guid ReferralId { get; private set; }
    public ConversationStatus Status { get; private set; }

    /// <summary>The fixed duo; empty when one half was replaced and the two are no duo of the registry.</summary>
    public Guid DuoId { get; private set; }

    public Guid MentalHealthProfessionalId { get; private set; }
    public Guid SocialDomainProfessionalId { get; private set; }
    public Guid LocationId { get; private set; }

    /// <summary>Which of the rooms of the location, from 1: the first that is free when it is saved.</summary>
    public int Room { get; private set; } = 1;

    public DateTimeOffset StartsAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }

    /// <summary>When the duo's own evaluation is done, and both and the room are free again.</summary>
    public DateTimeOffset FreeAt { get; private set; }

    /// <summary>Codes and numbers, such as soon=3 near=1.2.</summary>
    public string Reasons { get; private set; } = "";

    /// <summary>When each of the two said yes to this proposal; UTC. A planner may book before that.</summary>
    public DateTimeOffset? MentalHealthAgreedAt { get; private set; }
    public DateTimeOffset? SocialDomainAgreedAt { get; private set; }

    public DateTimeOffset? HeldAt { get; private set; }

    /// <summary>How often it was changed after it was booked: RFC 5545 SEQUENCE of its invitation.</summary>
    public int Sequence { get; private set; }

    /// <summary>Keeps two planners apart.</summary>
    public int Version { get; private set; }

    internal bool IsOf(Guid professionalId) => professionalId == MentalHealthProfessionalId || professionalId == SocialDomainProfessionalId;

    internal bool Is(Candidate candidate) =>
        Candidate.KeyOf(MentalHealthProfessionalId, SocialDomainProfessionalId, LocationId, StartsAt) == candidate.Key;

    internal bool SharesPerson(Conversation other) =>
        MentalHealthProfessionalId == other.MentalHealthProfessionalId || SocialDomainProfessionalId == other.SocialDomainProfessionalId;

    internal bool Clashes(Conversation other) => StartsAt < other.FreeAt && other.StartsAt < FreeAt && SharesPerson(other);

    internal bool SharesPlace(Conversation other) => StartsAt < other.FreeAt && other.StartsAt < FreeAt && LocationId == other.LocationId;

    internal static Conversation Propose(Guid referralId, Candidate best)
    {
        var conversation = new Conversation { Id = Guid.NewGuid(), ReferralId = referralId };
        conversation.Take(best);
        return conversation;
    }

    internal void ProposeInstead(Candidate other)
    {
        Refuse(Status is not ConversationStatus.Proposed, "Dit gesprek is al gepland.");
        Take(other);
        (MentalHealthAgreedAt, SocialDomainAgreedAt) = (null, null);
    }

    /// <summary>One of the two says yes; true when now both did. Who said so before is not asked again.</summary>
    internal bool Agree(Guid professionalId, DateTimeOffset now)
    {
        Refuse(Status is not ConversationStatus.Proposed, "Dit gesprek is al gepland. U hoeft niets meer te doen.");
        Refuse(!IsOf(professionalId), "Dit voorstel is niet meer voor u.");
        if (professionalId == MentalHealthProfessionalId)
        {
            MentalHealthAgreedAt ??= now;
        }
        else
        {
            SocialDomainAgreedAt ??= now;
        }

        Version++;
        return MentalHealthAgreedAt is not null && SocialDomainAgreedAt is not null;
    }

    internal bool HasAgreed(Guid professionalId) =>
        (professionalId == MentalHealthProfessionalId ? MentalHealthAgreedAt : professionalId == SocialDomainProfessionalId ? SocialDomainAgreedAt : null) is not null;

    internal void Schedule(Candidate chosen, DateTimeOffset now)
    {
        Refuse(Status is ConversationStatus.Held, "Dit gesprek is al gevoerd. U kunt het niet meer verzetten.");
        Refuse(Status is ConversationStatus.Scheduled, "Dit gesprek is al gepland.");
        Refuse(chosen.StartsAt <= now, "Dit moment is al voorbij. Kies een ander moment.");
        Take(chosen);
        Status = ConversationStatus.Scheduled;
    }

    internal void Move(Candidate chosen, DateTimeOffset now)
    {
        RefuseUnlessScheduled();
        Refuse(chosen.StartsAt <= now, "Dit moment is al voorbij. Kies een ander moment.");
        Take(chosen);
        Sequence++;
    }

    /// <summary>Time and place stay; one of the two is somebody else.</summary>
    internal void Replace(Guid leaving, Guid coming, Guid? duoId, DateTimeOffset now)
    {
        RefuseUnlessScheduled();
        Refuse(!IsOf(leaving), "Deze verkenner hoort niet bij dit gesprek.");
        Refuse(StartsAt <= now, "Dit gesprek is al begonnen. U kunt niemand meer vervangen.");
        (MentalHealthProfessionalId, SocialDomainProfessionalId) = leaving == MentalHealthProfessionalId
            ? (coming, SocialDomainProfessionalId)
            : (MentalHealthProfessionalId, coming);
        (DuoId, Sequence, Version) = (duoId ?? Guid.Empty, Sequence + 1, Version + 1);
    }

    internal void Hold(DateTimeOffset now, bool mayBeEarly)
    {
        Refuse(Status is ConversationStatus.Proposed, "Dit gesprek is nog niet gepland.");
        Refuse(Status is ConversationStatus.Held, "Dit gesprek is al vastgelegd.");
        Refuse(now < StartsAt && !mayBeEarly, "Het gesprek is nog niet begonnen. U kunt het vastleggen vanaf de begintijd.");
        (Status, HeldAt, Version) = (ConversationStatus.Held, now, Version + 1);
    }

    /// <summary>The resident did not come. What is left is the record of it; a next conversation is another one.</summary>
    internal MissedConversation Miss(DateTimeOffset now, bool mayBeEarly)
    {
        RefuseUnlessScheduled();
        Refuse(now < StartsAt && !mayBeEarly, "Het gesprek is nog niet begonnen. Dat iemand niet kwam, legt u vast vanaf de begintijd.");
        return MissedConversation.Of(this, MissedBecause.NotAttended, now);
    }

    internal void TakeRoom(int room) => Room = room;

    private void Take(Candidate candidate)
    {
        (DuoId, LocationId) = (candidate.DuoId, candidate.LocationId);
        (MentalHealthProfessionalId, SocialDomainProfessionalId) = (candidate.MentalHealthProfessionalId, candidate.SocialDomainProfessionalId);
        (StartsAt, EndsAt, FreeAt) = (candidate.StartsAt, candidate.EndsAt, candidate.EndsAt + Evaluation);
        Version++;
        Reasons = string.Join(' ', candidate.Reasons.Select(r => FormattableString.Invariant($"{r.Code}={r.Value}")));
    }

    private void RefuseUnlessScheduled()
    {
        Refuse(Status is ConversationStatus.Proposed, "Dit gesprek is nog niet gepland.");
        Refuse(Status is ConversationStatus.Held, "Dit gesprek is al gevoerd. U kunt het niet meer veranderen.");
    }

    private static void Refuse(bool isForbidden, string why)
    {
        if (isForbidden)
        {
            throw new RuleBrokenException(why);
        }
    }
}

/// <summary>Somebody asked for what a rule of care forbids; the text is for the person at the page.</summary>
internal sealed class RuleBrokenException(string message) : Exception(message);

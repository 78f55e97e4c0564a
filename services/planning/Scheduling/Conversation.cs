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
/// referral; a planner books it, or books another moment.
/// </summary>
internal sealed class Conversation
{
    private Conversation() { }

    public Guid Id { get; private set; }
    public Guid ReferralId { get; private set; }
    public ConversationStatus Status { get; private set; }
    public Guid DuoId { get; private set; }
    public Guid MentalHealthProfessionalId { get; private set; }
    public Guid SocialDomainProfessionalId { get; private set; }
    public Guid LocationId { get; private set; }
    public DateTimeOffset StartsAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }

    /// <summary>Codes and numbers, such as soon=3 near=1.2.</summary>
    public string Reasons { get; private set; } = "";

    public DateTimeOffset? HeldAt { get; private set; }

    /// <summary>Keeps two planners apart.</summary>
    public int Version { get; private set; }

    internal bool IsOf(Guid professionalId) => professionalId == MentalHealthProfessionalId || professionalId == SocialDomainProfessionalId;

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
    }

    internal void Schedule(Candidate chosen, DateTimeOffset now)
    {
        Refuse(Status is ConversationStatus.Held, "Dit gesprek is al gevoerd. U kunt het niet meer verzetten.");
        Refuse(Status is ConversationStatus.Scheduled, "Dit gesprek is al gepland.");
        Refuse(chosen.StartsAt <= now, "Dit moment is al voorbij. Kies een ander moment.");
        Take(chosen);
        Status = ConversationStatus.Scheduled;
    }

    internal void Hold(DateTimeOffset now, bool mayBeEarly)
    {
        Refuse(Status is ConversationStatus.Proposed, "Dit gesprek is nog niet gepland.");
        Refuse(Status is ConversationStatus.Held, "Dit gesprek is al vastgelegd.");
        Refuse(now < StartsAt && !mayBeEarly, "Het gesprek is nog niet begonnen. U kunt het vastleggen vanaf de begintijd.");
        (Status, HeldAt, Version) = (ConversationStatus.Held, now, Version + 1);
    }

    private void Take(Candidate candidate)
    {
        (DuoId, LocationId) = (candidate.DuoId, candidate.LocationId);
        (MentalHealthProfessionalId, SocialDomainProfessionalId) = (candidate.MentalHealthProfessionalId, candidate.SocialDomainProfessionalId);
        (StartsAt, EndsAt, Version) = (candidate.StartsAt, candidate.EndsAt, Version + 1);
        Reasons = string.Join(' ', candidate.Reasons.Select(r => FormattableString.Invariant($"{r.Code}={r.Value}")));
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

namespace VGIntegration.Planning.Inviting;

internal enum AppointmentStatus
{
    Booked,
    Cancelled,
    Held,
    NotAttended,
}

/// <summary>Who, where and when.</summary>
internal sealed record Arrangement(
    Guid MentalHealthProfessionalId, Guid SocialDomainProfessionalId, Guid LocationId, DateTimeOffset StartsAt, DateTimeOffset EndsAt);

/// <summary>
/// A booked conversation as it stands in the calendars of the two professionals and the room. It follows planning's own
/// messages, also when they come twice or in another order, and stays when the conversation is gone.
/// </summary>
internal sealed class Appointment
{
    private Appointment() { }

    public Guid ConversationId { get; private set; }
    public Guid ReferralId { get; private set; }
    public AppointmentStatus Status { get; private set; }
    public Guid MentalHealthProfessionalId { get; private set; }
    public Guid SocialDomainProfessionalId { get; private set; }
    public Guid LocationId { get; private set; }
    public DateTimeOffset StartsAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }

    /// <summary>RFC 5545 SEQUENCE: how often the calendars were told of a change.</summary>
    public int Sequence { get; private set; }

    /// <summary>The last message about this referral that was followed.</summary>
    public int Told { get; private set; }

    public DateTimeOffset BookedAt { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }
    public int Version { get; private set; }

    internal IReadOnlyList<Guid> Professionals => [MentalHealthProfessionalId, SocialDomainProfessionalId];

    internal static Appointment Book(Guid conversationId, Guid referralId, Arrangement arrangement, int told, DateTimeOffset at)
    {
        var booked = new Appointment { ConversationId = conversationId, ReferralId = referralId, BookedAt = at };
        booked.Take(arrangement, told, at);
        return booked;
    }

    /// <summary>False when this, or something newer, was told before.</summary>
    internal bool Change(Arrangement arrangement, int told, DateTimeOffset at)
    {
        if (told <= Told || Status is not AppointmentStatus.Booked)
        {
            return false;
        }

        Sequence++;
        Take(arrangement, told, at);
        return true;
    }

    /// <summary>False when it was cancelled or held already.</summary>
    internal bool Cancel(int told, DateTimeOffset at)
    {
        if (!End(AppointmentStatus.Cancelled, told, at))
        {
            return false;
        }

        Sequence++;
        return true;
    }

    /// <summary>It took place, or the resident did not come: nothing changes for the calendars.</summary>
    internal bool End(AppointmentStatus how, int told, DateTimeOffset at)
    {
        if (told <= Told || Status is not AppointmentStatus.Booked)
        {
            return false;
        }

        (Status, Told, ChangedAt, Version) = (how, told, at, Version + 1);
        return true;
    }

    private void Take(Arrangement arrangement, int told, DateTimeOffset at)
    {
        (MentalHealthProfessionalId, SocialDomainProfessionalId) = (arrangement.MentalHealthProfessionalId, arrangement.SocialDomainProfessionalId);
        (LocationId, StartsAt, EndsAt) = (arrangement.LocationId, arrangement.StartsAt, arrangement.EndsAt);
        (Told, ChangedAt, Version) = (told, at, Version + 1);
    }
}

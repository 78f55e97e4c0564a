namespace VGIntegration.Planning.Scheduling;

internal enum MissedBecause
{
    NotAttended,
    ResidentWithdrew,
    ReferrerWithdrew,
    Closed,
}

/// <summary>A conversation that was booked and did not take place: who was kept free for it, when, and why it went as it did.</summary>
internal sealed class MissedConversation
{
    private MissedConversation() { }

    /// <summary>The id of the conversation.</summary>
    public Guid Id { get; private set; }

    public Guid ReferralId { get; private set; }
    public Guid DuoId { get; private set; }
    public Guid MentalHealthProfessionalId { get; private set; }
    public Guid SocialDomainProfessionalId { get; private set; }
    public Guid LocationId { get; private set; }
    public DateTimeOffset StartsAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }
    public MissedBecause Because { get; private set; }
    public DateTimeOffset RecordedAt { get; private set; }

    internal static MissedConversation Of(Conversation booked, MissedBecause because, DateTimeOffset now) => new()
    {
        Id = booked.Id,
        ReferralId = booked.ReferralId,
        DuoId = booked.DuoId,
        MentalHealthProfessionalId = booked.MentalHealthProfessionalId,
        SocialDomainProfessionalId = booked.SocialDomainProfessionalId,
        LocationId = booked.LocationId,
        StartsAt = booked.StartsAt,
        EndsAt = booked.EndsAt,
        Because = because,
        RecordedAt = now,
    };
}

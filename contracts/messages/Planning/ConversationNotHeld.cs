namespace VGIntegration.Contracts.Planning;

/// <summary>The resident did not come to the conversation.</summary>
public sealed record ConversationNotHeld
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When it was recorded; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required Guid ConversationId { get; init; }

    /// <summary>When the conversation would have begun; UTC.</summary>
    public required DateTimeOffset StartsAt { get; init; }
}

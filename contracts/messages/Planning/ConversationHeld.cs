namespace VGIntegration.Contracts.Planning;

/// <summary>A professional recorded that the conversation took place; the advice can be written.</summary>
public sealed record ConversationHeld
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When it was recorded; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required Guid ConversationId { get; init; }

    /// <summary>When the conversation began; UTC.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>When the conversation ended; UTC.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>The two who held it: exactly one of each discipline.</summary>
    public required IReadOnlyList<ConversationPartner> Professionals { get; init; }
}

/// <summary>One of the two professionals.</summary>
/// <param name="ProfessionalId">Planning's id of the professional.</param>
/// <param name="Discipline">mental-health or social-domain.</param>
/// <param name="Login">The name by which the identity provider knows the professional (the OpenID Connect claim preferred_username).</param>
public sealed record ConversationPartner(Guid ProfessionalId, string Discipline, string Login)
{
    /// <summary>Planning's id of the organisation the professional worked for on that day; absent in messages that are older than this property.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>The profession in the region's registry as a code: small letters and hyphens, such as gz-psycholoog; absent in messages that are older than this property.</summary>
    public string? ProfessionCode { get; init; }
}

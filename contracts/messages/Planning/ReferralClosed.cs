namespace VGIntegration.Contracts.Planning;

/// <summary>Planning's work on a referral ended without an advice. Nothing is planned any more; the huisarts hears why.</summary>
public sealed record ReferralClosed
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When it was closed; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Why; one of <see cref="ClosingReason"/>.</summary>
    public required string Reason { get; init; }
}

/// <summary>Why a referral ends without an advice.</summary>
public static class ClosingReason
{
    /// <summary>The huisarts took it back.</summary>
    public const string WithdrawnByReferrer = "withdrawn-by-referrer";

    /// <summary>The huisarts says that it should never have existed.</summary>
    public const string EnteredInError = "entered-in-error";

    /// <summary>The resident does not want the conversation.</summary>
    public const string WithdrawnByResident = "withdrawn-by-resident";

    /// <summary>The resident could not be reached.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The resident did not come, twice.</summary>
    public const string NotAttended = "not-attended";

    /// <summary>Rejected: the resident lives outside the region.</summary>
    public const string OutsideRegion = "outside-region";

    /// <summary>Rejected: there is another referral for the same resident.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Rejected: the resident died.</summary>
    public const string Deceased = "deceased";

    /// <summary>Rejected for a reason that only the planner's own words tell; planning tells them when asked.</summary>
    public const string Other = "other";
}

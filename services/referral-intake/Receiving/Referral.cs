using VGIntegration.ReferralIntake.Following;

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>One request of a practice for an exploratory conversation, as it was asked.</summary>
internal sealed class Referral
{
    internal const string ContentAsNumber = "urn:vgintegration:content";

    private Referral() { }

    public Guid Id { get; private set; }

    /// <summary>The practice of the token that brought it; the answer goes there.</summary>
    public Guid PracticeId { get; private set; }

    /// <summary>The business identifier: with the practice the key against doubles, for ever.</summary>
    public string SourceSystem { get; private set; } = "";

    public string SourceValue { get; private set; } = "";
    public string ContentHash { get; private set; } = "";
    public string Priority { get; private set; } = "";
    public string? ZorgDomeinNumber { get; private set; }
    public string Criteria { get; private set; } = "";
    public string? Reason { get; private set; }
    public string Referrer { get; private set; } = "";
    public Resident Resident { get; private set; } = null!;
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>FHIR R4 meta.versionId of the ServiceRequest; also what keeps two writers apart.</summary>
    public int Version { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Follows where the Task stands; an answer to a search needs no second look.</summary>
    public ReferralStanding Standing { get; private set; }

    /// <summary>The request as it came, made self-contained; given back when the practice reads it.</summary>
    public string Content { get; private set; } = "";

    public IReadOnlyList<string> CriterionCodes => Criteria.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal static Referral Receive(Guid practiceId, ReferralRequest asked, DateTimeOffset now) => new()
    {
        Id = Guid.NewGuid(), // never sequential: an id must not tell how many there are
        PracticeId = practiceId,
        SourceSystem = asked.SourceSystem,
        SourceValue = asked.SourceValue,
        ContentHash = asked.ContentHash,
        Priority = asked.Priority,
        ZorgDomeinNumber = asked.ZorgDomeinNumber,
        Criteria = string.Join(' ', asked.Criteria),
        Reason = asked.Reason,
        Referrer = asked.Referrer,
        Resident = asked.Resident,
        Content = asked.Content,
        ReceivedAt = now,
        Version = 1,
        UpdatedAt = now,
    };

    internal bool IsSameAs(ReferralRequest asked) => ContentHash == asked.ContentHash;

    /// <summary>The number of a referral never changes; one that came without has its first content as its number.</summary>
    internal bool IsKnownAs(ReferralRequest asked) =>
        (SourceSystem, SourceValue) == (asked.SourceSystem, asked.SourceValue) || SourceSystem == ContentAsNumber;

    /// <summary>Other content under the same number. The hash stays that of the first, for who sends that again.</summary>
    internal ReferralVersion Change(ReferralRequest asked, DateTimeOffset now)
    {
        var before = Current();
        (Priority, ZorgDomeinNumber, Criteria) = (asked.Priority, asked.ZorgDomeinNumber, string.Join(' ', asked.Criteria));
        (Reason, Referrer, Resident, Content) = (asked.Reason, asked.Referrer, asked.Resident, asked.Content);
        (Version, UpdatedAt) = (Version + 1, now);
        return before;
    }

    /// <summary>Moves with the Task, and gives the version that is superseded.</summary>
    internal ReferralVersion Stand(ReferralStanding standing, DateTimeOffset now)
    {
        var before = Current();
        (Standing, Version, UpdatedAt) = (standing, Version + 1, now);
        return before;
    }

    /// <summary>This version, as it is kept once it is superseded.</summary>
    internal ReferralVersion Current() => new()
    {
        ReferralId = Id,
        Version = Version,
        Standing = Standing,
        Content = Content,
        UpdatedAt = UpdatedAt,
    };
}

/// <summary>A version of the referral that was superseded.</summary>
internal sealed record ReferralVersion
{
    public Guid ReferralId { get; init; }
    public int Version { get; init; }
    public ReferralStanding Standing { get; init; }
    public string Content { get; init; } = "";
    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Whom it is about. Stays in this service's database; others ask for it when they show or print it.</summary>
internal sealed class Resident
{
    public required string Name { get; init; }
    public required DateOnly BirthDate { get; init; }

    /// <summary>Only a number that passes the elfproef.</summary>
    public string? Bsn { get; init; }

    public string Telephones { get; init; } = "";
    public string? Email { get; init; }
    public string? Address { get; init; }
    public string? PostalCode { get; init; }
    public string? Language { get; init; }

    /// <summary>The GP system's own reference to the Patient, where it gave one that it can resolve.</summary>
    public string? PatientReference { get; init; }

    internal IReadOnlyList<string> TelephoneNumbers => Telephones.Split('|', StringSplitOptions.RemoveEmptyEntries);

    internal string? PostcodeDigits => PostalCode?[..4];
}

/// <summary>What a GP system asked for, read and judged.</summary>
internal sealed record ReferralRequest(
    string SourceSystem, string SourceValue, string Priority, string? ZorgDomeinNumber, IReadOnlyList<string> Criteria,
    string? Reason, string Referrer, Resident Resident, string Content, string ContentHash)
{
    /// <summary>What came along; stored with the referral or not at all.</summary>
    public IReadOnlyList<Supplementing.SupplementRequest> Documents { get; init; } = [];
}

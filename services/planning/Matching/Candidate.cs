namespace VGIntegration.Planning.Matching;

/// <summary>A duo, a moment and a place that break no rule, with why they are good.</summary>
internal sealed record Candidate(
    Guid DuoId, Guid MentalHealthProfessionalId, Guid SocialDomainProfessionalId, Guid LocationId,
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, double Score, IReadOnlyList<Reason> Reasons);

/// <summary>A code, and the number that belongs to it.</summary>
internal sealed record Reason(string Code, double? Value = null)
{
    internal const string Soon = "soon";
    internal const string Near = "near";
    internal const string DistanceUnknown = "distance-unknown";
    internal const string FillsHalfDay = "fills-half-day";
    internal const string SpeaksLanguage = "speaks-language";
    internal const string LowLoad = "low-load";
}

/// <summary>Which rule left nothing over.</summary>
internal enum BindingRule
{
    NoDuos,
    NobodyReady,
    NoAgreement,
    Language,
    NoMoments,
    AllMomentsTaken,
}

/// <summary>What there is to choose from, best first; or which rule binds.</summary>
internal sealed record Matches(IReadOnlyList<Candidate> Candidates, BindingRule? Binding);

/// <summary>What the resident asks for, as far as matching needs it.</summary>
internal sealed record Wishes(string? PostcodeDigits, string? Language)
{
    /// <summary>The language without its region (BCP 47: tr-TR is tr); null when it is Dutch, which every professional speaks.</summary>
    internal string? OtherLanguage { get; } = Language?.Split('-')[0].ToLowerInvariant() is { Length: > 0 } code and not "nl" ? code : null;
}

/// <summary>Both professionals and the location are taken from the begin of a conversation until its evaluation is done.</summary>
internal sealed record Taken(Guid MentalHealthProfessionalId, Guid SocialDomainProfessionalId, Guid LocationId, DateTimeOffset StartsAt);

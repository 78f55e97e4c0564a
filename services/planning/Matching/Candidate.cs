namespace VGIntegration.Planning.Matching;

/// <summary>
/// A duo, a moment and a place that break no hard rule, with why they are good. The score is the sum of the points: penalties,
/// of which the lowest is best. No duo (empty) stands for two who are no duo of the registry yet.
/// </summary>
internal sealed record Candidate(
    Guid DuoId, Guid MentalHealthProfessionalId, Guid SocialDomainProfessionalId, Guid LocationId,
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, double Score, IReadOnlyList<Reason> Reasons)
{
    internal IReadOnlyList<Points> Points { get; init; } = [];

    /// <summary>Who, where and when: what a form sends back.</summary>
    internal string Key => KeyOf(MentalHealthProfessionalId, SocialDomainProfessionalId, LocationId, StartsAt);

    internal static string KeyOf(Guid one, Guid other, Guid place, DateTimeOffset startsAt) => $"{one:N}+{other:N}@{place:N}@{startsAt.UtcTicks}";
}

/// <summary>The rules that weigh, each with a weight of its own (Matching:Weights).</summary>
internal enum SoftRule
{
    Waiting,
    OverNorm,
    Distance,
    Duo,
    HalfDay,
    Load,
    Language,
}

/// <summary>What one rule costs a candidate.</summary>
internal sealed record Points(SoftRule Rule, double Value);

/// <summary>A code, and the number that belongs to it.</summary>
internal sealed record Reason(string Code, double? Value = null)
{
    internal const string Soon = "soon";
    internal const string Near = "near";
    internal const string DistanceUnknown = "distance-unknown";
    internal const string Online = "online";
    internal const string FillsHalfDay = "fills-half-day";
    internal const string SpeaksLanguage = "speaks-language";
    internal const string LowLoad = "low-load";
    internal const string NewDuo = "new-duo";
}

/// <summary>Which rule left nothing over; from Language on it is a wish of the resident.</summary>
internal enum BindingRule
{
    NoDuos,
    NobodyReady,
    NoAgreement,
    NoMoments,
    AllMomentsTaken,
    Language,
    DayParts,
    Access,
    Place,
    Persons,
    Together,
}

/// <summary>What would help when nothing fits, with how many moments there would be then.</summary>
internal sealed record Relaxation(string Code, int Moments, double BestScore, DayOfWeek? Day = null, int Weeks = 0)
{
    internal const string AllowDay = "day";
    internal const string LookFurther = "weeks";
    internal const string Interpreter = "interpreter";
    internal const string AnyPlace = "place";
    internal const string NoAccess = "access";
    internal const string Training = "training";
    internal const string Agreement = "agreement";
    internal const string AnyPerson = "persons";
    internal const string NoWishes = "no-wishes";

    /// <summary>How it is kept with the referral, for the work list.</summary>
    internal string Text => FormattableString.Invariant($"{Code}{(Day is { } day ? $":{day}" : Weeks > 0 ? $":{Weeks}" : "")}={Moments}");
}

/// <summary>What there is to choose from, best first; or which rule binds, and what would help, cheapest first.</summary>
internal sealed record Matches(IReadOnlyList<Candidate> Candidates, BindingRule? Binding)
{
    internal IReadOnlyList<Relaxation> Relaxations { get; init; } = [];
}

/// <summary>Both professionals and the location are taken from the begin of a conversation until its evaluation is done.</summary>
internal sealed record Taken(Guid MentalHealthProfessionalId, Guid SocialDomainProfessionalId, Guid LocationId, DateTimeOffset StartsAt);

namespace VGIntegration.Feedback.Monitoring;

/// <summary>What kind of place the conversation was held in.</summary>
internal enum Place
{
    CommunityCentre,
    GeneralPractice,
    MentalHealthOrganisation,
    SocialDomainOrganisation,
    Home,
    Elsewhere,

    /// <summary>No place at all: on a screen or by telephone.</summary>
    Remote,
}

/// <summary>How the duo and the resident spoke with each other.</summary>
internal enum Setting
{
    InPerson,
    Online,
    Telephone,
}

/// <summary>Who were there besides the duo and the resident.</summary>
[Flags]
internal enum Company
{
    None = 0,
    OwnCircle = 1,
    Interpreter = 2,
}

/// <summary>How the resident goes on; more than one may be chosen.</summary>
[Flags]
internal enum NextSteps
{
    None = 0,
    Self = 1,
    Network = 2,
    SocialDomain = 4,
    GeneralPractitioner = 8,
    MentalHealthBasic = 16,
    MentalHealthSpecialist = 32,
    Bridging = 64,
    NoFollowUp = 128,
    NotYetKnown = 256,
}

/// <summary>What the duo registers together; each part may be empty until the form is sent in.</summary>
internal sealed record DuoAnswers
{
    /// <summary>Steps that say there is no other.</summary>
    public const NextSteps Alone = NextSteps.NoFollowUp | NextSteps.NotYetKnown;

    public Place? Place { get; init; }
    public Setting? Setting { get; init; }
    public Company Company { get; init; }
    public NextSteps NextSteps { get; init; }

    /// <summary>In a few words, without anybody's name; it stays with the region and is in no export.</summary>
    public string Learned { get; init; } = "";

    /// <summary>"No follow-up" or "not yet known", and a step beside it.</summary>
    public bool Contradicts => (NextSteps & Alone) != 0 && !System.Numerics.BitOperations.IsPow2((int)NextSteps);

    public IReadOnlyList<Missing> Missing =>
    [
        .. Place is null ? new[] { Monitoring.Missing.Place } : [],
        .. Setting is null ? new[] { Monitoring.Missing.Setting } : [],
        .. NextSteps is NextSteps.None || Contradicts ? new[] { Monitoring.Missing.NextSteps } : [],
    ];
}

namespace VGIntegration.Planning.Registry;

/// <summary>The two sides of a duo.</summary>
internal enum Discipline
{
    MentalHealth,
    SocialDomain,
}

/// <summary>Who may hold the conversation.</summary>
internal sealed class Professional
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required Discipline Discipline { get; init; }
    public required string Profession { get; init; }
    public required Guid OrganisationId { get; init; }

    /// <summary>The work number, for questions after the conversation.</summary>
    public required string Telephone { get; init; }

    /// <summary>The name at the identity provider. One person may be two professionals, of two organisations.</summary>
    public required string Login { get; init; }

    /// <summary>BCP 47, separated by spaces.</summary>
    public required string Languages { get; init; }

    public DateOnly? ELearningDoneOn { get; init; }
    public DateOnly? TrainingDoneOn { get; init; }

    /// <summary>Both were done before the day of the conversation.</summary>
    internal bool IsReadyOn(DateOnly day) => ELearningDoneOn < day && TrainingDoneOn < day;

    /// <summary>The language without its region: who speaks en-GB speaks en.</summary>
    internal bool Speaks(string language) => Languages.Split(' ').Any(own => string.Equals(own.Split('-')[0], language, StringComparison.OrdinalIgnoreCase));
}

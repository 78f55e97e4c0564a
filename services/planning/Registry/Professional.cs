using System.Globalization;
using System.Text;

namespace VGIntegration.Planning.Registry;

/// <summary>The two sides of a duo.</summary>
internal enum Discipline
{
    MentalHealth,
    SocialDomain,
}

/// <summary>Who may hold the conversation.</summary>
internal sealed class Professional : IRegistryRecord
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required Discipline Discipline { get; init; }
    public required string Profession { get; init; }
    public required Guid OrganisationId { get; init; }

    /// <summary>The profession for messages: small letters without accents, hyphens for what is between words.</summary>
    internal string ProfessionCode => string.Join('-', string.Concat(Profession.Normalize(NormalizationForm.FormD)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark)
            .Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' '))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The work number, for questions after the conversation.</summary>
    public required string Telephone { get; init; }

    /// <summary>The work address, for invitations.</summary>
    public string? Email { get; init; }

    /// <summary>The name at the identity provider. One person may be two professionals, of two organisations.</summary>
    public required string Login { get; init; }

    /// <summary>BCP 47, separated by spaces.</summary>
    public required string Languages { get; init; }

    public DateOnly? ELearningDoneOn { get; init; }
    public DateOnly? TrainingDoneOn { get; init; }

    /// <summary>The last day of the registration in the register of the profession; null where there is none.</summary>
    public DateOnly? RegisteredUntil { get; init; }

    public bool HasInformedSupportStaff { get; init; }
    public bool CanIntroduceResearch { get; init; }
    public bool CanEvaluateAndRegister { get; init; }
    public bool KeepsCount { get; init; }

    /// <summary>The last day of holding conversations.</summary>
    public DateOnly? Until { get; init; }

    public int Version { get; init; }

    /// <summary>One log-in is one person, and one person is never both halves of a duo.</summary>
    internal bool IsSamePerson(Professional other) => Login.Length > 0 && string.Equals(Login, other.Login, StringComparison.OrdinalIgnoreCase);

    /// <summary>Both were done before the day of the conversation, and neither registration nor work has ended by then.</summary>
    internal bool IsReadyOn(DateOnly day) =>
        ELearningDoneOn < day && TrainingDoneOn < day && !(day > RegisteredUntil) && !(day > Until);

    /// <summary>What keeps this professional from holding a conversation on the day.</summary>
    internal IEnumerable<Missing> MissingOn(DateOnly day)
    {
        if (!(ELearningDoneOn < day))
        {
            yield return Missing.ELearning;
        }

        if (!(TrainingDoneOn < day))
        {
            yield return Missing.Training;
        }

        if (day > RegisteredUntil)
        {
            yield return Missing.Registration;
        }

        if (day > Until)
        {
            yield return Missing.Stopped;
        }
    }

    /// <summary>The language without its region: who speaks en-GB speaks en.</summary>
    internal bool Speaks(string language) => Languages.Split(' ').Any(own => string.Equals(own.Split('-')[0], language, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Days on which a professional is away. Why is nobody's business here: illness is not written down.</summary>
internal sealed class Absence : IRegistryRecord
{
    public required Guid Id { get; init; }
    public required Guid ProfessionalId { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>The last day; null while it is not known.</summary>
    public DateOnly? Until { get; init; }

    public int Version { get; init; }

    internal bool IsOn(DateOnly day) => From <= day && !(day > Until);
}

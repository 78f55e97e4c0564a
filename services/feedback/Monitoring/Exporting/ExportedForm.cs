using System.Globalization;
using VGIntegration.Feedback.Advising;

namespace VGIntegration.Feedback.Monitoring.Exporting;

/// <summary>
/// What of a form may leave: every export is made of this and of nothing else. Nothing in it leads to the conversation, the resident or
/// the duo: a random id of its own, no day, no text that somebody typed. The answers are codes of contracts/fhir/definitions.
/// </summary>
internal sealed record ExportedForm
{
    public required Guid Id { get; init; }

    /// <summary>FHIR R4 questionnaire-answers-status: completed, or amended after a correction.</summary>
    public required string Status { get; init; }

    /// <summary>Year and month of the conversation.</summary>
    public required string ConversationMonth { get; init; }

    /// <summary>Year and month in which the form was sent in.</summary>
    public required string SentMonth { get; init; }

    public required ResidentAnswers Resident { get; init; }
    public required string Place { get; init; }
    public required string Setting { get; init; }
    public required IReadOnlyList<string> Company { get; init; }
    public required IReadOnlyList<string> NextSteps { get; init; }
    public required ProfessionalAnswers Professionals { get; init; }

    internal sealed record ResidentAnswers(string Turn, int? Experience, int? Helpfulness);

    internal sealed record ProfessionalAnswers(int? MentalHealth, int? SocialDomain);

    public static ExportedForm Of(MonitoringForm form) => new()
    {
        Id = form.Id,
        Status = form.Corrections.Count == 0 ? "completed" : "amended",
        ConversationMonth = Month(form.ConversationOn),
        SentMonth = Month(form.SentAt is { } at ? at.LocalDay() : throw new RuleBrokenException("Only a form that was sent in leaves.")),
        Resident = new(Choices.Turns.Of<ResidentTurn>(form.Turn)!.Code, form.ResidentExperience, form.ResidentHelpfulness),
        Place = Choices.Places.Of(form.Duo.Place)!.Code,
        Setting = Choices.Settings.Of(form.Duo.Setting)!.Code,
        Company = [.. Choices.Companies.In(form.Duo.Company).Select(c => c.Code)],
        NextSteps = [.. Choices.Steps.In(form.Duo.NextSteps).Select(c => c.Code)],
        Professionals = new(form.MentalHealthExperience, form.SocialDomainExperience),
    };

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}

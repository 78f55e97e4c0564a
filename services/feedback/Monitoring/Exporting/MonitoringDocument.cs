using Hl7.Fhir.Model;
using VGIntegration.Fhir;

namespace VGIntegration.Feedback.Monitoring.Exporting;

/// <summary>
/// A form as FHIR R4 QuestionnaireResponse to the published Questionnaire. It has no subject, author or source, and its times are
/// months: FHIR R4 allows a dateTime without a day.
/// </summary>
internal static class MonitoringDocument
{
    internal static QuestionnaireResponse Of(ExportedForm form) => new()
    {
        Id = form.Id.ToString(),
        Questionnaire = $"{CodeSystems.MonitoringQuestionnaire}|{CodeSystems.MonitoringVersion}",
        Status = form.Status is "amended"
            ? QuestionnaireResponse.QuestionnaireResponseStatus.Amended
            : QuestionnaireResponse.QuestionnaireResponseStatus.Completed,
        Authored = form.SentMonth,
        Item = Answered(
            Group(
                "inwoner",
                Coded("inwoner.beurt", CodeSystems.ResidentTurn, form.Resident.Turn),
                Scored("inwoner.ervaring", form.Resident.Experience), Scored("inwoner.geholpen", form.Resident.Helpfulness)),
            Group(
                "gesprek",
                Item("gesprek.maand", new Date(form.ConversationMonth)),
                Coded("gesprek.plek", CodeSystems.ConversationPlace, form.Place), Coded("gesprek.vorm", CodeSystems.ConversationSetting, form.Setting),
                Coded("gesprek.gezelschap", CodeSystems.ConversationCompany, [.. form.Company]),
                Coded("gesprek.vervolg", CodeSystems.NextStep, [.. form.NextSteps])),
            Group(
                "verkenners",
                Scored("verkenners.ggz", form.Professionals.MentalHealth), Scored("verkenners.sociaal-domein", form.Professionals.SocialDomain))),
    };

    // What was not answered is left out: FHIR R4 knows no empty item.
    private static List<QuestionnaireResponse.ItemComponent> Answered(params QuestionnaireResponse.ItemComponent?[] items) =>
        [.. items.OfType<QuestionnaireResponse.ItemComponent>()];

    private static QuestionnaireResponse.ItemComponent? Group(string linkId, params QuestionnaireResponse.ItemComponent?[] items) =>
        Answered(items) is { Count: > 0 } answered ? new QuestionnaireResponse.ItemComponent { LinkId = linkId, Item = answered } : null;

    private static QuestionnaireResponse.ItemComponent? Scored(string linkId, int? score) =>
        score is { } given ? Item(linkId, new Integer(given)) : null;

    private static QuestionnaireResponse.ItemComponent? Coded(string linkId, string system, params string[] codes) =>
        codes.Length == 0 ? null : Item(linkId, [.. codes.Select(code => new Coding(system, code))]);

    private static QuestionnaireResponse.ItemComponent Item(string linkId, params DataType[] answers) => new()
    {
        LinkId = linkId,
        Answer = [.. answers.Select(value => new QuestionnaireResponse.AnswerComponent { Value = value })],
    };
}

using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Monitoring;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Monitoring;

/// <summary>What the resident and the duo do after a conversation that was held, on the pages.</summary>
internal sealed class AfterTheConversation(FeedbackHost feedback, Guid referralId, Guid adviceId)
{
    public const string Learned = "Vroeg vragen naar geld helpt.";

    public static readonly (string Name, string? Value)[] Shared =
    [
        ("Form.Place", "buurthuis"), ("Form.Setting", "samen"), ("Form.Company", "eigen-kring"), ("Form.NextSteps", "netwerk"),
        ("Form.NextSteps", "sociaal-domein"), ("Form.Learned", Learned),
    ];

    public Guid ReferralId => referralId;
    public Guid AdviceId => adviceId;
    public string FormPath => $"/feedback/advices/{adviceId}/monitoring";
    public string ResidentPath => $"{FormPath}/resident";

    public static async Task<AfterTheConversation> In(FeedbackHost feedback, int daysAgo = 0)
    {
        var held = Examples.Held();
        held = held with { StartsAt = held.StartsAt.AddDays(-daysAgo), EndsAt = held.EndsAt.AddDays(-daysAgo) };
        var referralId = held.ReferralId;
        feedback.Know(referralId, fhirBase: null);
        await feedback.Tell(held, Guid.NewGuid());
        var adviceId = await feedback.InDatabase(db => db.Advices.Where(a => a.ReferralId == referralId).Select(a => a.Id).SingleAsync());
        return new AfterTheConversation(feedback, referralId, adviceId);
    }

    public PageClient Professional(string login) => PageClient.LoggedInAs(feedback.App, login, "professional");

    public async Task<Page> ResidentAnswers(string? experience, string? helpfulness, string screenOf = "ggz")
    {
        using var screen = Professional(screenOf);
        var page = await screen.Open(ResidentPath);
        return await screen.Submit(page.Form("experience"), ("experience", experience), ("helpfulness", helpfulness));
    }

    /// <summary>One of the duo opens the form and saves it, with these answers over what was there.</summary>
    public async Task<Page> Save(string login, params (string Name, string? Value)[] answers)
    {
        using var person = Professional(login);
        return await person.Submit((await person.Open(FormPath)).Form("Form.Version"), answers);
    }

    /// <summary>The resident answered, both filled in, and the second one sends.</summary>
    public async Task<Page> IsSentIn(string? experience = "4", string? helpfulness = "5", params (string Name, string? Value)[] other)
    {
        await ResidentAnswers(experience, helpfulness);
        await Save("ggz", [.. other.Length == 0 ? Shared : other, ("Form.Own", "3")]);
        var page = await Save("sociaal", ("Form.Own", "4"), ("Send", "true"));
        return page.Text.Contains("Dit formulier is verstuurd", StringComparison.Ordinal) ? page : throw new InvalidOperationException(page.Text);
    }

    public Task<MonitoringForm> Stored() => feedback.InDatabase(async db =>
    {
        var conversation = await db.Advices.Where(a => a.Id == adviceId).Select(a => a.ConversationId).SingleAsync();
        return await db.MonitoringForms.AsNoTracking().SingleAsync(f => f.ConversationId == conversation);
    });
}

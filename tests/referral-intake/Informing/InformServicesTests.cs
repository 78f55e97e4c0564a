using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Informing;

public sealed class InformServicesTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    [Fact]
    public async Task Planning_gets_the_telephone_and_no_BSN_and_the_planner_is_in_the_audit()
    {
        var id = await AReferral("I1");
        using var planning = intake.App.WithToken("planning", "referral.contact");
        planning.DefaultRequestHeaders.Add("X-On-Behalf-Of", "petra");
        planning.DefaultRequestHeaders.Add("X-Roles", "planner");

        var answer = await planning.GetStringAsync(new Uri($"/internal/referrals/{id}/contact", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("0612345678", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("999911120", answer, StringComparison.Ordinal);
        var look = await intake.InDatabase(db => db.Audit.SingleAsync(a => a.What == $"Referral/{id}" && a.Action == "R"));
        Assert.Equal(("planning", "petra", "call-resident"), (look.Who, look.OnBehalfOf, look.Why));
    }

    [Fact]
    public async Task Feedback_gets_the_practice_that_the_answer_goes_to()
    {
        var id = await AReferral("I2");
        using var feedback = intake.App.WithToken("feedback", "referral.recipient");

        var answer = await (await feedback.GetAsync(new Uri($"/internal/referrals/{id}/recipient", UriKind.Relative), TestContext.Current.CancellationToken)).Json();

        Assert.Equal("https://brug.example/fhir", (string?)answer["practice"]!["fhirBase"]);
        Assert.Equal(("999911120", "I2"), ((string?)answer["resident"]!["bsn"], (string?)answer["identifierValue"]));
    }

    [Theory]
    [InlineData("planning", "referral.contact", "recipient")]
    [InlineData("feedback", "referral.recipient", "contact")]
    [InlineData(IntakeHost.Bridge, "system/ServiceRequest.cruds", "contact")]
    public async Task Each_service_gets_only_what_it_is_for(string client, string scope, string asked)
    {
        var id = await AReferral($"I-{client}");
        using var service = intake.App.WithToken(client, scope);

        var answer = await service.GetAsync(new Uri($"/internal/referrals/{id}/{asked}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private async Task<string> AReferral(string number)
    {
        using var gp = intake.GpSystem();
        return (await gp.PostFhir("/fhir", ReferralMessage.Bundle(number))).Headers.Location!.Segments[^1];
    }
}

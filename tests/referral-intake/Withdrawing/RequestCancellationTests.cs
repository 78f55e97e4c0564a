using System.Net;
using VGIntegration.Contracts.Planning;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.ReferralIntake.Following;

namespace VGIntegration.ReferralIntake.Tests.Withdrawing;

public sealed class RequestCancellationTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    [Fact]
    public async Task After_the_booking_the_huisarts_asks_and_planning_confirms()
    {
        var sent = await SentReferral.In(intake, ReferralState.AppointmentBooked);

        var answer = await sent.Abort();
        var asked = await sent.Status();
        await sent.Closed(ClosingReason.WithdrawnByReferrer);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(("revoked on-hold annulering-gevraagd", "revoked cancelled geannuleerd"), (asked, await sent.Status()));
        Assert.Equal(ClosingReason.WithdrawnByReferrer, Assert.IsType<ReferralWithdrawn>((await sent.Told())[^1]).Reason);
        Assert.Equal("in-progress", (string?)(await answer.Json())["status"]);
        var abort = await (await sent.Gp.GetAsync(answer.Headers.Location)).Json();
        Assert.Equal(("abort", "completed"), ((string)abort["code"]!["coding"]![0]!["code"]!, (string)abort["status"]!));
    }

    [Fact]
    public async Task Before_the_booking_it_is_a_withdrawal_at_once()
    {
        var sent = await SentReferral.In(intake, ReferralState.DuoProposed);

        var answer = await sent.Abort();

        Assert.Equal("completed", (string?)(await answer.Json())["status"]);
        Assert.Equal("revoked cancelled ingetrokken-door-verwijzer", await sent.Status());
    }

    [Fact]
    public async Task Asked_twice_is_asked_once()
    {
        var sent = await SentReferral.In(intake, ReferralState.AppointmentBooked);

        var (first, second) = (await sent.Abort(), await sent.Abort());

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Single((await sent.Told()).OfType<ReferralWithdrawn>());
    }

    [Fact]
    public async Task When_it_crosses_with_the_conversation_the_advice_still_follows()
    {
        var sent = await SentReferral.In(intake, ReferralState.AppointmentBooked);
        var answer = await sent.Abort();

        await sent.Held();

        Assert.Equal("active in-progress gesprek-gevoerd", await sent.Status());
        var abort = await (await sent.Gp.GetAsync(answer.Headers.Location)).Json();
        Assert.Equal("failed", (string?)abort["status"]);
        Assert.Contains("al gevoerd", (string?)abort["statusReason"]!["text"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "resourceType": "Task", "status": "requested", "intent": "order" }""", 422, "error required Task.code|error required Task.focus")]
    [InlineData("""{ "resourceType": "Task", "status": "requested", "intent": "order", "code": { "coding": [ { "code": "fulfill" } ] }, "focus": { "reference": "Task/1" } }""", 422, "error code-invalid Task.code")]
    [InlineData("""{ "resourceType": "Task", "status": "requested", "intent": "order", "code": { "coding": [ { "code": "abort" } ] }, "focus": { "reference": "Patient/1" } }""", 422, "error required Task.focus")]
    [InlineData("""{ "resourceType": "Task", "status": "requested", "intent": "order", "code": { "coding": [ { "code": "abort" } ] }, "focus": { "reference": "Task/1" } }""", 404, "error not-found ")]
    [InlineData("""{ "resourceType": "Patient" }""", 400, "error value Patient")]
    [InlineData("[]", 400, "error structure ")]
    public async Task A_Task_that_asks_something_else_is_refused(string body, int status, string issues)
    {
        using var gp = intake.GpSystem();

        var answer = await gp.PostFhir("/fhir/Task", body);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(issues.Split('|'), (await answer.Issues()).Where(i => i.StartsWith("error", StringComparison.Ordinal)));
    }
}

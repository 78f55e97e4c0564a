using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.ReferralIntake.Following;

namespace VGIntegration.ReferralIntake.Tests.Withdrawing;

public sealed class ChangeReferralTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    [Fact]
    public async Task Other_content_is_a_new_version_and_planning_hears_the_few_facts()
    {
        var sent = await SentReferral.Send(intake);

        var answer = await sent.Put(r =>
        {
            r["priority"] = "urgent";
            Patient(r)["address"]![0]!["postalCode"] = "1012 AB";
            Patient(r)["communication"] = JsonNode.Parse("""[ { "language": { "coding": [ { "code": "tr" } ] } } ]""");
        });

        Assert.Equal((HttpStatusCode.OK, "W/\"2\""), (answer.StatusCode, answer.Headers.ETag!.ToString()));
        var read = await sent.Read();
        Assert.Equal(("urgent", "2", "1012 AB"), ((string)read["priority"]!, (string)read["meta"]!["versionId"]!, (string)Patient(read)["address"]![0]!["postalCode"]!));
        var changed = Assert.IsType<ReferralChanged>((await sent.Told())[^1]);
        Assert.Equal((2, "urgent", "1012", "tr"), (changed.Sequence, changed.Priority, changed.PostcodeDigits, changed.Language));
        Assert.Contains(await Audit(sent), a => a is { Action: "U", Why: "change-referral", Who: IntakeHost.Bridge });
    }

    [Fact]
    public async Task The_same_content_again_is_no_new_version()
    {
        var sent = await SentReferral.Send(intake);

        var answer = await sent.Put(_ => { });

        Assert.Equal((HttpStatusCode.OK, "W/\"1\""), (answer.StatusCode, answer.Headers.ETag!.ToString()));
        Assert.Single(await sent.Told());
    }

    [Fact]
    public async Task After_a_change_the_first_message_sent_again_is_still_the_same_referral()
    {
        var number = $"W-{Guid.NewGuid():N}";
        var sent = await SentReferral.Send(intake, number);
        await sent.Put(r => r["priority"] = "urgent");

        var again = await sent.Gp.PostFhir("/fhir", ReferralMessage.Bundle(number));

        Assert.Equal((HttpStatusCode.OK, $"{sent.Id}"), (again.StatusCode, again.Headers.Location!.Segments[^1]));
    }

    [Fact]
    public async Task A_change_is_judged_in_full_and_a_bad_one_changes_nothing()
    {
        var sent = await SentReferral.Send(intake);

        var answer = await sent.Put(r =>
        {
            r["intent"] = "plan";
            Patient(r).AsObject().Remove("name");
        });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(2, (await answer.Issues()).Count(i => i.StartsWith("error", StringComparison.Ordinal)));
        Assert.Equal("1", (string?)(await sent.Read())["meta"]!["versionId"]);
    }

    [Fact]
    public async Task A_withdrawal_before_the_booking_is_done_at_once_and_told()
    {
        var sent = await SentReferral.In(intake, ReferralState.DuoProposed);

        var answer = await sent.PutStatus("revoked");

        Assert.Equal("revoked", (string?)(await answer.Json())["status"]);
        Assert.Equal("revoked cancelled ingetrokken-door-verwijzer", await sent.Status());
        var withdrawn = Assert.IsType<ReferralWithdrawn>((await sent.Told())[^1]);
        Assert.Equal((5, ClosingReason.WithdrawnByReferrer), (withdrawn.Sequence, withdrawn.Reason));
        Assert.Equal(HttpStatusCode.OK, (await sent.PutStatus("revoked")).StatusCode); // said twice
        Assert.Equal(2, (await sent.Told()).Count);
    }

    [Fact]
    public async Task What_should_never_have_existed_is_told_so()
    {
        var sent = await SentReferral.In(intake, ReferralState.AppointmentBooked);

        await sent.PutStatus("entered-in-error");

        Assert.Equal(ClosingReason.EnteredInError, Assert.IsType<ReferralWithdrawn>((await sent.Told())[^1]).Reason);
        Assert.Equal("entered-in-error entered-in-error -", await sent.Status());
    }

    [Theory]
    [InlineData(null, HttpStatusCode.PreconditionRequired, "error required ")]
    [InlineData("W/\"7\"", HttpStatusCode.PreconditionFailed, "error conflict ")]
    [InlineData("W/\"0\"", HttpStatusCode.PreconditionFailed, "error conflict ")]
    [InlineData("1", HttpStatusCode.BadRequest, "error value ")]
    [InlineData("*", HttpStatusCode.BadRequest, "error value ")]
    [InlineData("W/\"one\"", HttpStatusCode.BadRequest, "error value ")]
    [InlineData("W/\"99999999999999999999\"", HttpStatusCode.BadRequest, "error value ")]
    [InlineData("W/\"1\", W/\"2\"", HttpStatusCode.BadRequest, "error value ")]
    public async Task Without_the_version_that_was_read_nothing_is_overwritten(string? ifMatch, HttpStatusCode status, string issue)
    {
        var sent = await SentReferral.Send(intake);
        var request = await sent.Read();
        request["status"] = "revoked";

        var put = await sent.Write(HttpMethod.Put, request.ToJsonString(), ifMatch);
        var patch = await sent.Write(HttpMethod.Patch, """[{"op":"replace","path":"/status","value":"revoked"}]""", ifMatch, "application/json-patch+json");

        Assert.Equal((status, status), (put.StatusCode, patch.StatusCode));
        Assert.Equal([issue, issue], [.. await put.Issues(), .. await patch.Issues()]);
        Assert.Equal("active requested aangemeld", await sent.Status());
    }

    [Fact]
    public async Task A_strong_ETag_is_taken_too()
    {
        var sent = await SentReferral.Send(intake);

        Assert.Equal(HttpStatusCode.OK, (await sent.Put(r => r["priority"] = "urgent", "\"1\"")).StatusCode);
    }

    [Theory]
    [InlineData("{ nonsense", "application/fhir+json", HttpStatusCode.BadRequest, "error structure ")]
    [InlineData("""{ "resourceType": "Patient" }""", "application/fhir+json", HttpStatusCode.BadRequest, "error value Patient")]
    [InlineData("""{ "resourceType": "ServiceRequest", "id": "another" }""", "application/fhir+json", HttpStatusCode.BadRequest, "error value ServiceRequest.id")]
    [InlineData("""{ "resourceType": "ServiceRequest" }""", "application/fhir+json", HttpStatusCode.BadRequest, "error value ServiceRequest.id")]
    [InlineData("status=revoked", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType, "error not-supported ")]
    public async Task A_body_that_is_not_this_referral_is_refused(string body, string mediaType, HttpStatusCode status, string issue)
    {
        var sent = await SentReferral.Send(intake);

        var answer = await sent.Write(HttpMethod.Put, body, "W/\"1\"", mediaType);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(issue, await answer.Issues());
    }

    [Theory]
    [InlineData("completed", "business-rule")]
    [InlineData("draft", "business-rule")]
    [InlineData("on-hold", "business-rule")]
    [InlineData("unknown", "business-rule")]
    [InlineData(null, "required")]
    public async Task Another_status_is_not_the_huisartss_to_set(string? status, string code)
    {
        var sent = await SentReferral.Send(intake);

        var answer = await sent.Put(r => r["status"] = status);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains($"error {code} ServiceRequest.status", await answer.Issues());
    }

    [Fact]
    public async Task The_number_of_a_referral_never_changes()
    {
        var sent = await SentReferral.Send(intake);

        var answer = await sent.Put(r => r["identifier"]![0]!["value"] = "another");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(["error value ServiceRequest.identifier"], await answer.Issues());
    }

    [Fact]
    public async Task Another_practices_referral_is_not_found_and_nor_is_one_that_never_was()
    {
        var sent = await SentReferral.Send(intake);
        var stranger = new SentReferral(intake, intake.GpSystem(IntakeHost.Harbour), sent.Id);
        var body = (await sent.Read()).ToJsonString();
        var nobody = Guid.NewGuid();

        HttpResponseMessage[] answers =
        [
            await stranger.Write(HttpMethod.Put, body, "W/\"1\""),
            await stranger.Patch("""[{"op":"replace","path":"/status","value":"revoked"}]""", "W/\"1\""),
            await stranger.Abort(),
            await sent.Write(HttpMethod.Put, body.Replace($"{sent.Id}", $"{nobody}", StringComparison.Ordinal), "W/\"1\"", path: $"/fhir/ServiceRequest/{nobody}"),
            await sent.Write(HttpMethod.Put, """{ "resourceType": "ServiceRequest", "id": "1" }""", "W/\"1\"", path: "/fhir/ServiceRequest/1"),
        ];

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.NotFound, a.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()))).Distinct());
        Assert.Equal("active requested aangemeld", await sent.Status());
    }

    [Theory]
    [InlineData("return=minimal", null)]
    [InlineData("return=representation", "ServiceRequest")]
    [InlineData("return=OperationOutcome", "OperationOutcome")]
    public async Task The_answer_is_as_the_GP_system_prefers(string prefer, string? type)
    {
        var sent = await SentReferral.Send(intake);
        sent.Gp.DefaultRequestHeaders.Add("Prefer", prefer);

        var answer = await sent.PutStatus("revoked");

        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(type, body.Length == 0 ? null : (string?)JsonNode.Parse(body)!["resourceType"]);
        Assert.Equal("W/\"2\"", answer.Headers.ETag!.ToString());
    }

    private Task<List<Hosting.Outbox.AuditEntry>> Audit(SentReferral sent) =>
        intake.InDatabase(db => db.Audit.Where(a => a.What == $"Referral/{sent.Id}").ToListAsync());

    private static JsonNode Patient(JsonObject request) => request["contained"]!.AsArray().Single(c => (string?)c!["resourceType"] == "Patient")!;
}

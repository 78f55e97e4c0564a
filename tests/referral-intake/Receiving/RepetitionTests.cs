using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Receiving;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Receiving;

public sealed class RepetitionTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private static string ANumber() => $"V{Guid.NewGuid():N}";

    [Fact]
    public async Task The_same_message_again_has_the_first_answer()
    {
        using var gp = intake.GpSystem();
        var (number, id) = (ANumber(), ANumber());
        var first = await Post(gp, ReferralMessage.Bundle(number), requestId: id);

        var again = await Post(gp, ReferralMessage.Bundle(number), requestId: id);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal((id, 1), (again.Headers.GetValues("X-Request-Id").Single(), await Count(number)));
    }

    [Fact]
    public async Task Another_message_under_the_same_request_id_is_a_conflict()
    {
        using var gp = intake.GpSystem();
        var (number, id) = (ANumber(), ANumber());
        await Post(gp, ReferralMessage.Bundle(ANumber()), requestId: id);

        var other = await Post(gp, ReferralMessage.Bundle(number), requestId: id);

        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal(["error conflict "], await other.Issues());
        Assert.Equal(0, await Count(number));
    }

    [Fact]
    public async Task A_request_id_of_a_repetition_is_taken_too()
    {
        using var gp = intake.GpSystem();
        var (number, id) = (ANumber(), ANumber());
        await Post(gp, ReferralMessage.Bundle(number));
        await Post(gp, ReferralMessage.Bundle(number), requestId: id);

        var other = await Post(gp, ReferralMessage.Bundle(ANumber()), requestId: id);

        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
    }

    [Fact]
    public async Task Two_practices_may_use_the_same_request_id()
    {
        using var bridge = intake.GpSystem();
        using var harbour = intake.GpSystem(IntakeHost.Harbour);
        var id = ANumber();

        var answers = new[] { await Post(bridge, ReferralMessage.Bundle(ANumber()), id), await Post(harbour, ReferralMessage.Bundle(ANumber()), id) };

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
    }

    [Fact]
    public async Task A_message_that_was_refused_may_be_put_right_under_its_request_id()
    {
        using var gp = intake.GpSystem();
        var (number, id) = (ANumber(), ANumber());
        var refused = await Post(gp, ReferralMessage.Bundle(number, b => b.Resource(0)["status"] = "draft"), requestId: id);

        var right = await Post(gp, ReferralMessage.Bundle(number), requestId: id);

        Assert.Equal((422, 201), ((int)refused.StatusCode, (int)right.StatusCode));
    }

    [Theory]
    [InlineData("with a space")]
    [InlineData("tab\there")]
    [InlineData("201")]
    public async Task A_request_id_that_cannot_be_kept_is_refused(string id)
    {
        using var gp = intake.GpSystem();
        var number = ANumber();

        var answer = await Post(gp, ReferralMessage.Bundle(number), requestId: id == "201" ? new string('x', 201) : id);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["error value "], await answer.Issues());
        Assert.Equal(0, await Count(number));
    }

    [Fact]
    public async Task A_request_id_is_forgotten_after_thirty_days_and_a_number_never()
    {
        await using var own = new IntakeHost();
        await own.InitializeAsync();
        using var gp = own.GpSystem();
        var (number, id) = (ANumber(), ANumber());
        await Post(gp, ReferralMessage.Bundle(number), requestId: id);

        own.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1));
        var before = await Post(gp, ReferralMessage.Bundle(ANumber()), requestId: id);
        own.Clock.Advance(TimeSpan.FromMinutes(61));
        await Eventually.Is(() => own.InDatabase(async db => !await db.Set<SeenRequest>().AnyAsync()));
        var after = await Post(gp, ReferralMessage.Bundle(ANumber()), requestId: id);
        var same = await Post(gp, ReferralMessage.Bundle(number));

        Assert.Equal([409, 201, 200], new[] { before, after, same }.Select(a => (int)a.StatusCode));
    }

    [Fact]
    public async Task A_conditional_create_that_finds_one_gives_that_one()
    {
        using var gp = intake.GpSystem();
        var number = ANumber();
        var condition = $"identifier=http://his.example/verwijzing|{number}";
        var first = await Post(gp, WithCondition(ReferralMessage.Bundle(number), condition));

        var again = await Post(gp, WithCondition(ReferralMessage.Bundle(number, b => b.Resource(1)["birthDate"] = "1981-01-01"), condition));
        var single = await Post(gp, Single(ANumber()), path: "/fhir/ServiceRequest", condition: condition);

        Assert.Equal([201, 200, 200], new[] { first, again, single }.Select(a => (int)a.StatusCode));
        Assert.Single(new[] { first, again, single }.Select(a => a.Headers.Location).Distinct());
        Assert.Equal(1, await Count(number));
    }

    [Fact]
    public async Task A_condition_that_several_referrals_meet_is_refused()
    {
        using var gp = intake.GpSystem();
        var number = ANumber();
        await Post(gp, ReferralMessage.Bundle(number));
        await Post(gp, ReferralMessage.Bundle(number, b => b.Resource(0)["identifier"]![0]!["system"] = "http://his.example/other"));

        var answer = await Post(gp, Single(ANumber()), path: "/fhir/ServiceRequest", condition: $"identifier={number}");

        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.Equal(["error multiple-matches "], await answer.Issues());
    }

    [Theory]
    [InlineData("patient=Patient/1")]
    [InlineData("identifier=")]
    [InlineData("identifier=a|b|c")]
    [InlineData("identifier=a&status=active")]
    public async Task A_condition_that_this_service_does_not_know_is_refused(string condition)
    {
        using var gp = intake.GpSystem();

        var answer = await Post(gp, Single(ANumber()), path: "/fhir/ServiceRequest", condition: condition);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["error not-supported "], await answer.Issues());
    }

    private static JsonObject WithCondition(JsonObject bundle, string condition)
    {
        bundle["entry"]![0]!["request"]!["ifNoneExist"] = condition;
        return bundle;
    }

    private static JsonObject Single(string number)
    {
        var bundle = ReferralMessage.Bundle(number);
        var request = bundle.Resource(0).DeepClone().AsObject();
        request["contained"] = new JsonArray([.. Enumerable.Range(1, 3).Select(i => { var r = bundle.Resource(i).DeepClone(); r["id"] = $"c{i}"; return r; })]);
        (request["subject"]!["reference"], request["requester"]!["reference"]) = ("#c1", "#c2");
        request["contained"]![1]!["organization"]!["reference"] = "#c3";
        return request;
    }

    private static async Task<HttpResponseMessage> Post(
        HttpClient gp, JsonObject body, string? requestId = null, string path = "/fhir", string? condition = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent(body.ToJsonString(), new System.Net.Http.Headers.MediaTypeHeaderValue("application/fhir+json"));
        foreach (var (name, value) in new[] { ("X-Request-Id", requestId), ("If-None-Exist", condition) }.Where(h => h.Item2 is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await gp.SendAsync(request);
    }

    private Task<int> Count(string number) => intake.InDatabase(db => db.Referrals.CountAsync(r => r.SourceValue == number));
}

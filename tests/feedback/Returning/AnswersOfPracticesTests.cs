using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Returning;
using VGIntegration.Surroundings;
using Xunit;
using static VGIntegration.Feedback.Tests.Returning.AnsweringPractice;

namespace VGIntegration.Feedback.Tests.Returning;

public sealed class AnswersOfPracticesTests : IAsyncLifetime
{
    private FeedbackHost _feedback = null!;
    private AnsweringPractice _practice = null!;

    public async ValueTask InitializeAsync() => (_feedback, _practice) = (await FeedbackHost.Start(
        $"--Practices:{Examples.PracticeId}:BearerToken=their-own"), await AnsweringPractice.Start());

    public async ValueTask DisposeAsync()
    {
        await _feedback.DisposeAsync();
        await _practice.DisposeAsync();
    }

    [Theory]
    [InlineData(400, nameof(Hindrance.Refused))]
    [InlineData(401, nameof(Hindrance.Unauthorised))]
    [InlineData(403, nameof(Hindrance.Unauthorised))]
    [InlineData(404, nameof(Hindrance.Refused))]
    [InlineData(422, nameof(Hindrance.Refused))]
    [InlineData(302, nameof(Hindrance.Redirected))]
    [InlineData(307, nameof(Hindrance.Redirected))]
    public async Task What_only_a_person_can_solve_is_sent_once_and_told(int status, string hindrance)
    {
        await using var elsewhere = await AnsweringPractice.Start(FhirBody(201, ""));
        _practice.Answer(Status(status, ("Location", $"{elsewhere.FhirBase}/DocumentReference/1")));
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase);
        await _feedback.Tried(referralId, 1);
        _feedback.Clock.Advance(TimeSpan.FromHours(2));

        var delivery = await _feedback.DeliveryOf(referralId);
        Assert.Equal((DeliveryState.Refused, hindrance, status), (delivery.State, $"{delivery.LastHindrance}", delivery.LastStatus));
        Assert.Equal("refused", Assert.Single(await _feedback.Told<AdviceUndeliverable>(referralId)).Reason);
        Assert.Single(_practice.Requests);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_manager_sends_again_what_was_refused()
    {
        _practice.Answer(Status(400), FhirBody(201, ""));
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase);
        await _feedback.Tried(referralId, 1);
        using var manager = PageClient.LoggedInAs(_feedback.App, "manager", "manager");

        var page = await manager.Open("/feedback/deliveries");
        Assert.Contains("niet aangenomen", page.Text, StringComparison.Ordinal);
        Assert.Contains("HTTP 400", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(FeedbackHost.Resident, page.Text, StringComparison.Ordinal);
        await manager.Submit(page.Form("Opnieuw versturen"));
        await _feedback.Arrives(referralId, TimeSpan.Zero);

        Assert.Equal(4, Assert.Single(await _feedback.Told<AdviceReturned>(referralId)).Sequence);
        Assert.Equal(2, _practice.Requests.Select(r => r.Headers["X-Request-Id"]).Distinct().Count());
        Assert.Contains("aangekomen", (await manager.Open("/feedback/deliveries")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1800")]
    [InlineData("Tue, 08 Dec 2026 11:20:00 GMT")]
    [InlineData("864000")]
    public async Task A_practice_that_asks_to_wait_is_left_alone_so_long_and_an_hour_at_most(string retryAfter)
    {
        _practice.Answer(Status(429, ("Retry-After", retryAfter)), FhirBody(201, ""));
        var signedAt = _feedback.Clock.GetUtcNow();
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase);
        await _feedback.Tried(referralId, 1);

        var delivery = await _feedback.DeliveryOf(referralId);
        Assert.Equal(retryAfter == "864000" ? 60 : 30, (delivery.NextAttemptAt - signedAt).TotalMinutes, 0.1);
        await _feedback.Arrives(referralId, TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task What_passes_by_itself_is_tried_again_quickly(int status)
    {
        _practice.Answer(Status(status), Status(status), FhirBody(200, ""));
        var begin = _feedback.Clock.GetUtcNow();
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase);

        await _feedback.Arrives(referralId, TimeSpan.FromSeconds(1));

        Assert.InRange(_feedback.Clock.GetUtcNow() - begin, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(39));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(204)]
    [InlineData(202)]
    public async Task An_answer_that_proves_nothing_is_no_receipt(int status)
    {
        _practice.Answer(Status(status));
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase);
        await _feedback.Tried(referralId, 1);

        var delivery = await _feedback.DeliveryOf(referralId);
        Assert.Equal((DeliveryState.Waiting, Hindrance.NoReceipt), (delivery.State, delivery.LastHindrance));
    }

    [Fact]
    public async Task A_receipt_is_a_location_too_and_its_id_is_the_letters()
    {
        _practice.Answer(Status(201, ("Location", "/fhir/DocumentReference/theirs-9/_history/1")));
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, "Post");
        await _feedback.Arrives(referralId, TimeSpan.Zero);

        var request = Assert.Single(_practice.Requests);
        var delivery = await _feedback.DeliveryOf(referralId);
        Assert.Equal("theirs-9", delivery.DocumentReferenceId);
        Assert.Equal("Bearer their-own", request.Headers["Authorization"]);
        Assert.Equal(
            $"identifier=https%3A%2F%2Fvgintegration.nl%2Ffhir%2FNamingSystem%2Fadvies%7C{delivery.Id}", request.Headers["If-None-Exist"]);
    }

    [Fact]
    public async Task A_system_that_cannot_say_whether_the_letter_is_there_gets_no_second_one_by_itself()
    {
        _practice.Answer(Status(500), Status(405), FhirBody(201, ""));
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, "Post");
        await Eventually.Is(async () =>
        {
            _feedback.Clock.Advance(TimeSpan.FromSeconds(1));
            return (await _feedback.DeliveryOf(referralId)).State is DeliveryState.Refused;
        });

        Assert.Equal(Hindrance.CannotTell, (await _feedback.DeliveryOf(referralId)).LastHindrance);
        Assert.Equal(["POST", "GET"], _practice.Requests.Select(r => r.Method));
        using var manager = PageClient.LoggedInAs(_feedback.App, "manager", "manager");
        await manager.Submit((await manager.Open("/feedback/deliveries")).Form("Opnieuw versturen"));
        await _feedback.Arrives(referralId, TimeSpan.Zero);
        Assert.Equal("POST", _practice.Requests.Last().Method);
    }

    [Theory]
    [InlineData("""{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"DocumentReference","id":"other","identifier":[{"system":"x","value":"y"}]}}]}""", nameof(Hindrance.CannotTell))]
    [InlineData("""{"resourceType":"Bundle""", nameof(Hindrance.NoReceipt))]
    [InlineData("""{"resourceType":"OperationOutcome"}""", nameof(Hindrance.NoReceipt))]
    public async Task Letters_we_did_not_ask_for_are_not_taken_for_ours(string found, string hindrance)
    {
        _practice.Answer(Status(500), FhirBody(200, found));
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, "Post");

        await Eventually.Is(async () =>
        {
            _feedback.Clock.Advance(TimeSpan.FromSeconds(1));
            return (await _feedback.DeliveryOf(referralId)).Attempts > 1;
        });

        Assert.Equal(hindrance, $"{(await _feedback.DeliveryOf(referralId)).LastHindrance}");
        Assert.DoesNotContain(_practice.Requests.Skip(1), r => r.Method == "POST");
    }

    [Theory]
    [InlineData("Put", 409)]
    [InlineData("Put", 412)]
    [InlineData("Post", 409)]
    [InlineData("Post", 412)]
    public async Task Who_says_that_it_has_something_already_is_asked_whether_that_is_the_letter(string delivery, int status)
    {
        _practice.Answer(Status(status), TheLetter);
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, delivery);

        await _feedback.Arrives(referralId, TimeSpan.Zero);

        Assert.Equal([delivery.ToUpperInvariant(), "GET"], _practice.Requests.Select(r => r.Method));
        Assert.Single(await _feedback.Told<AdviceReturned>(referralId));
        Assert.Empty(await _feedback.Told<AdviceUndeliverable>(referralId));
    }

    [Theory]
    [InlineData("Put", 409, 404, nameof(Hindrance.Refused))]
    [InlineData("Put", 412, 405, nameof(Hindrance.Refused))]
    [InlineData("Post", 409, 200, nameof(Hindrance.Refused))]
    [InlineData("Post", 412, 200, nameof(Hindrance.Refused))]
    [InlineData("Post", 409, 405, nameof(Hindrance.CannotTell))]
    [InlineData("Post", 412, 403, nameof(Hindrance.CannotTell))]
    public async Task When_it_has_not_or_cannot_say_a_person_looks(string delivery, int status, int found, string hindrance)
    {
        _practice.Answer(Status(status), FhirBody(found, """{"resourceType":"Bundle","type":"searchset","total":0}"""));
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, delivery);
        await _feedback.Tried(referralId, 1);
        _feedback.Clock.Advance(TimeSpan.FromHours(2));

        var letter = await _feedback.DeliveryOf(referralId);
        Assert.Equal((DeliveryState.Refused, hindrance), (letter.State, $"{letter.LastHindrance}"));
        Assert.Equal([delivery.ToUpperInvariant(), "GET"], _practice.Requests.Select(r => r.Method));
        Assert.Equal("refused", Assert.Single(await _feedback.Told<AdviceUndeliverable>(referralId)).Reason);
    }

    [Fact]
    public async Task A_look_that_fails_for_a_moment_is_no_work_item()
    {
        _practice.Answer(Status(409), Status(503), TheLetter);
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, "Post");

        await _feedback.Arrives(referralId, TimeSpan.FromSeconds(5));

        Assert.Equal(["POST", "GET", "GET"], _practice.Requests.Select(r => r.Method));
    }

    [Fact]
    public async Task What_one_practice_refused_goes_again_together()
    {
        _practice.Answer(Status(401));
        Guid[] referrals = [await _feedback.ASignedAdvice(_practice.FhirBase), await _feedback.ASignedAdvice(_practice.FhirBase)];
        await Task.WhenAll(referrals.Select(r => _feedback.Tried(r, 1)));
        _practice.Answer(FhirBody(201, ""));
        using var manager = PageClient.LoggedInAs(_feedback.App, "manager", "manager");

        var page = await manager.Open("/feedback/deliveries");
        Assert.Contains("nam 2 brieven niet aan", page.Text, StringComparison.Ordinal);
        await manager.Submit(page.Form("Alle brieven"));
        await Task.WhenAll(referrals.Select(r => _feedback.Arrives(r, TimeSpan.Zero)));

        Assert.Equal(4, _practice.Requests.Count);
    }
}

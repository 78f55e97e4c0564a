using Microsoft.EntityFrameworkCore;
using UglyToad.PdfPig;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Returning;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.Returning;

public sealed class ReturnAdviceTests : IAsyncLifetime
{
    private FeedbackHost _feedback = null!;
    private PracticeStub _practice = null!;

    public async ValueTask InitializeAsync() => (_feedback, _practice) = (await FeedbackHost.Start(), await PracticeStub.Start());

    public async ValueTask DisposeAsync()
    {
        await _feedback.DisposeAsync();
        await _practice.DisposeAsync();
    }

    [Theory]
    [InlineData("Put", "PUT")]
    [InlineData("Post", "POST")]
    public async Task A_signed_advice_is_in_the_gp_system_by_itself(string delivery, string method)
    {
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, delivery);
        await _feedback.Arrives(referralId, TimeSpan.Zero);

        var letter = Assert.Single(_practice.Letters);
        var stored = await _feedback.DeliveryOf(referralId);
        var returned = Assert.Single(await _feedback.Told<AdviceReturned>(referralId));
        Assert.Equal((3, letter.Id), (returned.Sequence, returned.DocumentReferenceId));
        Assert.Equal(stored.Id.ToString(), (string?)letter.Json["identifier"]![0]!["value"]);
        Assert.Equal(delivery == "Put", letter.Id == stored.Id.ToString());
        var request = Assert.Single(_practice.Requests);
        Assert.Equal(method, request.Method);
        Assert.Equal("application/fhir+json;q=1.0, application/json+fhir;q=0.9", request.Headers["Accept"]);
        Assert.Equal("return=minimal", request.Headers["Prefer"]);
        Assert.Equal(stored.RequestId.ToString(), request.Headers["X-Request-Id"]);
        Assert.False(request.Headers.ContainsKey("Authorization"));
        using var pdf = PdfDocument.Open(PracticeStub.Pdf(letter));
        Assert.Contains("scheiding", pdf.GetPage(1).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Put", Behaviour.Unavailable)]
    [InlineData("Put", Behaviour.Resets)]
    [InlineData("Put", Behaviour.StoresAndCuts)]
    [InlineData("Put", Behaviour.AnswersHtml)]
    [InlineData("Post", Behaviour.Unavailable)]
    [InlineData("Post", Behaviour.Resets)]
    [InlineData("Post", Behaviour.StoresAndCuts)]
    [InlineData("Post", Behaviour.AnswersHtml)]
    public async Task Whatever_goes_wrong_there_is_one_letter_in_the_end(string delivery, Behaviour trouble)
    {
        _practice.Next(trouble, trouble, trouble);
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, delivery);

        await _feedback.Arrives(referralId, TimeSpan.FromSeconds(1));

        Assert.Single(_practice.Letters);
        Assert.Single(await _feedback.Told<AdviceReturned>(referralId));
        Assert.Single(_practice.Requests.Select(r => r.Headers["X-Request-Id"]).Distinct());
    }

    [Theory]
    [InlineData("Put")]
    [InlineData("Post")]
    public async Task A_receipt_that_could_not_be_saved_does_not_make_a_second_letter(string delivery)
    {
        _feedback.Faults.LoseReceipts(2);
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, delivery);

        await _feedback.Arrives(referralId, TimeSpan.FromSeconds(1));

        Assert.Equal(2, _feedback.Faults.Lost);
        Assert.Single(_practice.Letters);
        Assert.Single(await _feedback.Told<AdviceReturned>(referralId));
    }

    [Theory]
    [InlineData("Put")]
    [InlineData("Post")]
    public async Task A_process_that_ends_while_the_practice_thinks_leaves_one_letter(string delivery)
    {
        await using var slow = await AnsweringPractice.Start(AnsweringPractice.Hang);
        var referralId = await _feedback.ASignedAdvice(slow.FhirBase, delivery);
        await Eventually.Is(() => !slow.Requests.IsEmpty);
        _feedback.Know(referralId, _practice.FhirBase, delivery);

        await _feedback.Restart();
        await _feedback.Arrives(referralId, TimeSpan.FromSeconds(1));

        Assert.Single(_practice.Letters);
        Assert.Equal(delivery == "Post", _practice.Requests[0].Method == "GET"); // it asks before it sends again
    }

    [Fact]
    public async Task A_practice_that_does_not_answer_in_half_a_minute_is_tried_again()
    {
        await using var slow = await AnsweringPractice.Start(AnsweringPractice.Hang);
        var referralId = await _feedback.ASignedAdvice(slow.FhirBase);
        await Eventually.Is(() => !slow.Requests.IsEmpty);

        _feedback.Clock.Advance(TimeSpan.FromSeconds(31));
        await _feedback.Tried(referralId, 1);

        Assert.Equal(Hindrance.TimedOut, (await _feedback.DeliveryOf(referralId)).LastHindrance);
        slow.Answer(AnsweringPractice.FhirBody(201, ""));
        await _feedback.Arrives(referralId, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_practice_that_hangs_delays_no_other()
    {
        await using var slow = await AnsweringPractice.Start(AnsweringPractice.Hang);
        for (var i = 0; i < Lanes.PerPractice + 4; i++)
        {
            await _feedback.ASignedAdvice(slow.FhirBase, practiceId: Guid.Parse("5d2f6a4e-0000-4000-8000-00000000a002"));
        }

        await Eventually.Is(() => !slow.Requests.IsEmpty);
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase);
        await _feedback.Arrives(referralId, TimeSpan.Zero);

        Assert.Single(slow.Requests);
    }

    [Fact]
    public async Task A_practice_that_answers_gets_several_letters_at_once_until_it_does_not()
    {
        await using var tired = await AnsweringPractice.Start(AnsweringPractice.FhirBody(201, ""), AnsweringPractice.Hang);
        await _feedback.Arrives(await _feedback.ASignedAdvice(tired.FhirBase), TimeSpan.Zero);
        for (var i = 0; i < Lanes.PerPractice + 4; i++)
        {
            await _feedback.ASignedAdvice(tired.FhirBase);
        }

        await Eventually.Is(() => tired.Requests.Count == 1 + Lanes.PerPractice);
        _feedback.Clock.Advance(TimeSpan.FromSeconds(31));
        await Eventually.Is(async () => await _feedback.InDatabase(db => db.Attempts.CountAsync()) == 1 + Lanes.PerPractice);
        _feedback.Jump(TimeSpan.FromMinutes(10));
        await Eventually.Is(() => tired.Requests.Count == 2 + Lanes.PerPractice);

        Assert.Equal(Lanes.PerPractice + 4, await _feedback.InDatabase(db => db.Deliveries.CountAsync(d => d.State == DeliveryState.Waiting)));
    }

    [Fact]
    public async Task When_a_practice_is_back_after_a_day_all_its_letters_arrive_within_five_minutes()
    {
        _practice.Now = Behaviour.Unavailable;
        var referrals = new List<Guid>();
        for (var i = 0; i < 6; i++)
        {
            referrals.Add(await _feedback.ASignedAdvice(_practice.FhirBase));
            _feedback.Clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        for (var tries = 1; tries <= 14; tries++)
        {
            var least = tries;
            await Eventually.Is(() => _practice.Requests.Count >= least);
            await Eventually.Is(async () => await _feedback.InDatabase(db => db.Attempts.CountAsync()) >= least);
            _feedback.Jump(TimeSpan.FromHours(2));
        }

        var (before, back) = (_practice.Requests.Count, _feedback.Clock.GetUtcNow());
        _practice.Now = Behaviour.Ok;
        foreach (var referralId in referrals)
        {
            await _feedback.Arrives(referralId, TimeSpan.FromSeconds(10));
        }

        Assert.Equal(6, _practice.Letters.Count);
        Assert.InRange(_feedback.Clock.GetUtcNow() - back, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        await Assert.AllAsync(referrals, async r => Assert.Equal("unreachable", Assert.Single(await _feedback.Told<AdviceUndeliverable>(r)).Reason));
    }

    [Fact]
    public async Task While_intake_or_planning_is_away_the_letter_waits_and_then_goes()
    {
        (_feedback.Neighbours.IsIntakeDown, _feedback.Neighbours.IsPlanningDown) = (true, true);
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase);
        await _feedback.Tried(referralId, 1);
        Assert.Equal(Hindrance.IntakeUnavailable, (await _feedback.DeliveryOf(referralId)).LastHindrance);

        _feedback.Neighbours.IsIntakeDown = false;
        await Eventually.Is(async () =>
        {
            _feedback.Clock.Advance(TimeSpan.FromSeconds(1));
            return (await _feedback.DeliveryOf(referralId)).LastHindrance is Hindrance.PlanningUnavailable;
        });
        _feedback.Neighbours.IsPlanningDown = false;
        await _feedback.Arrives(referralId, TimeSpan.FromSeconds(1));

        Assert.Single(_practice.Letters);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://praktijk.example.nl/fhir")]
    public async Task Without_a_safe_address_the_letter_waits_where_a_manager_sees_it(string? address)
    {
        var referralId = await _feedback.ASignedAdvice(address is null ? null : new Uri(address));
        await _feedback.Tried(referralId, 1);

        var delivery = await _feedback.DeliveryOf(referralId);
        Assert.Equal((DeliveryState.Waiting, Hindrance.NoAddress), (delivery.State, delivery.LastHindrance));
        _feedback.Know(referralId, _practice.FhirBase);
        await _feedback.Arrives(referralId, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task After_four_hours_a_person_is_told_once()
    {
        _practice.Now = Behaviour.Resets;
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase);
        await _feedback.Tried(referralId, 1);

        for (var hours = 0; hours < 12; hours++)
        {
            _feedback.Clock.Advance(TimeSpan.FromHours(0.5));
            await _feedback.Tried(referralId, Math.Min(hours, 3));
        }

        await Eventually.Is(async () =>
        {
            _feedback.Clock.Advance(TimeSpan.FromSeconds(5));
            return (await _feedback.DeliveryOf(referralId)).IsWarned;
        });
        var told = Assert.Single(await _feedback.Told<AdviceUndeliverable>(referralId));
        Assert.Equal((3, "unreachable"), (told.Sequence, told.Reason));
        _practice.Now = Behaviour.Ok;
        await _feedback.Arrives(referralId, TimeSpan.FromSeconds(20));
        Assert.Equal(4, Assert.Single(await _feedback.Told<AdviceReturned>(referralId)).Sequence);
    }
}

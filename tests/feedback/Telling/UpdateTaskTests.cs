using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Feedback.Returning;
using VGIntegration.Feedback.Tests.Returning;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Telling;

public sealed class UpdateTaskTests : IAsyncLifetime
{
    private FeedbackHost _feedback = null!;
    private PracticeStub _practice = null!;

    public async ValueTask InitializeAsync() => (_feedback, _practice) = (await FeedbackHost.Start(), await PracticeStub.Start());

    public async ValueTask DisposeAsync()
    {
        await _feedback.DisposeAsync();
        await _practice.DisposeAsync();
    }

    [Fact]
    public async Task A_whole_journey_arrives_in_order_each_step_once()
    {
        var task = new ToldTask(_feedback, _practice.FhirBase);
        foreach (var _ in ToldTask.Road.Skip(1))
        {
            await task.Moves();
            await task.Tell(task.Version); // told twice
            await Settled(task);
        }

        Assert.Equal(ToldTask.Road.Skip(1).Select(s => s.Business), _practice.Requests.Select(r => ToldTask.Business(JsonNode.Parse(r.Body)!)));
        Assert.All(_practice.Requests, r => Assert.Equal(("PUT", $"/Task/{task.Id}"), (r.Method, r.Path)));
        Assert.All(await _feedback.Parcels(task.Id), d => Assert.Equal(DeliveryState.Delivered, d.State));
    }

    [Fact]
    public async Task After_an_outage_each_step_is_told_once_in_its_order()
    {
        _practice.Now = Behaviour.Unavailable;
        var task = new ToldTask(_feedback, _practice.FhirBase);
        for (var step = 0; step < 5; step++)
        {
            await task.Moves();
        }

        await _feedback.Until(async () => (await _feedback.Parcels(task.Id)).Any(d => d.Attempts > 1), TimeSpan.FromSeconds(1));
        _practice.Now = Behaviour.Ok;
        await Settled(task);

        var stored = _practice.Requests.Where(r => r.Behaviour is Behaviour.Ok).Select(r => Step(r.Body)).ToList();
        Assert.Equal([2, 3, 4, 5, 6], stored);
        Assert.Equal("gesprek-gevoerd", ToldTask.Business(Held().Json));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_goes_wrong_the_last_state_is_right(int seed)
    {
        var random = new Random(seed);
        Behaviour[] troubles = [Behaviour.Ok, Behaviour.Unavailable, Behaviour.Resets, Behaviour.StoresAndCuts, Behaviour.AnswersHtml];
        _practice.Next([.. Enumerable.Range(0, 20).Select(_ => troubles[random.Next(troubles.Length)])]);
        var tasks = Enumerable.Range(0, 3).Select(_ => new ToldTask(_feedback, _practice.FhirBase)).ToList();
        foreach (var _ in ToldTask.Road.Skip(1))
        {
            foreach (var task in tasks)
            {
                await task.Moves();
            }

            await _feedback.Until(() => Task.FromResult(random.Next(4) == 0), TimeSpan.FromSeconds(1));
        }

        foreach (var task in tasks)
        {
            await Settled(task);
        }

        Assert.Equal(3, _practice.Of("Task").Count);
        Assert.All(_practice.Of("Task"), t => Assert.Equal("advies-teruggekoppeld", ToldTask.Business(t.Json)));
        Assert.All(_practice.Requests.GroupBy(r => r.Path), sent =>
        {
            var steps = sent.Select(r => Step(r.Body)).ToList();
            Assert.Equal(steps.Order(), steps);
            Assert.Equal(Enumerable.Range(2, ToldTask.Road.Length - 1), steps.Distinct());
        });
    }

    [Fact]
    public async Task A_system_that_stores_an_old_version_late_gets_the_news_once_more()
    {
        await using var slow = await AnsweringPractice.Start(AnsweringPractice.Hang, AnsweringPractice.FhirBody(200, "{}"));
        var task = new ToldTask(_feedback, slow.FhirBase);
        await task.Moves();
        await Eventually.Is(() => !slow.Requests.IsEmpty);
        await task.Moves();
        _feedback.Clock.Advance(TimeSpan.FromSeconds(31)); // the first attempt has no answer, and may still be stored

        await _feedback.Until(async () => (await _feedback.Parcels(task.Id)).Exists(d => d is { IsRepetition: true, State: DeliveryState.Delivered }), TimeSpan.FromSeconds(20));

        Assert.True(slow.Requests.Count >= 3, $"{slow.Requests.Count}");
        await _feedback.Until(async () => (await _feedback.Parcels(task.Id)).TrueForAll(d => d.State is not DeliveryState.Waiting), TimeSpan.FromSeconds(20));
        Assert.InRange(slow.Requests.Count, 3, 8); // and then it ends
    }

    [Fact]
    public async Task A_killed_feedback_loses_none()
    {
        await using var slow = await AnsweringPractice.Start(AnsweringPractice.Hang);
        Uri fhirBase = slow.FhirBase;
        var task = new ToldTask(_feedback, fhirBase);
        await task.Moves();
        await Eventually.Is(() => !slow.Requests.IsEmpty);
        await task.Moves();

        await _feedback.Restart();
        slow.Answer(AnsweringPractice.FhirBody(200, "{}"));
        await Settled(task);

        Assert.Contains(await _feedback.Parcels(task.Id), d => d.State is DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_refusal_is_work_for_a_person_and_the_next_update_is_still_tried()
    {
        _practice.Next(Behaviour.Refuses);
        var task = new ToldTask(_feedback, _practice.FhirBase);
        await task.Moves();
        await Eventually.Is(async () => (await _feedback.Parcels(task.Id)).Exists(d => d.State is DeliveryState.Refused));

        await task.Moves();
        await Settled(task);

        Assert.Equal([DeliveryState.NotNeeded, DeliveryState.Delivered], (await _feedback.Parcels(task.Id)).Select(d => d.State));
        Assert.Equal("in-planning", ToldTask.Business(Held().Json));
    }

    [Fact]
    public async Task An_older_update_that_is_sent_again_by_hand_never_goes_over_a_newer_one()
    {
        var task = new ToldTask(_feedback, _practice.FhirBase);
        await task.Moves();
        await Settled(task);
        await task.Moves();
        await Settled(task);
        await _feedback.InDatabase(async db =>
        {
            (await db.Deliveries.SingleAsync(d => d.SubjectId == task.Id && d.Number == 2)).SendAgain(_feedback.Clock.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        _feedback.App.Services.GetRequiredService<DeliverySignal>().Wake();
        await Eventually.Is(() => _practice.Requests.Count == 3);

        Assert.Equal([2, 3, 3], _practice.Requests.Select(r => Step(r.Body)));
    }

    [Fact]
    public async Task Versions_whose_messages_crossed_are_told_in_their_order()
    {
        var task = new ToldTask(_feedback, _practice.FhirBase);

        await task.Tell(3);
        await task.Tell(2);
        await Settled(task);

        Assert.Equal([2, 3], _practice.Requests.Select(r => Step(r.Body)));
    }

    [Fact]
    public async Task A_version_that_comes_long_after_a_newer_one_is_not_told_any_more()
    {
        var task = new ToldTask(_feedback, _practice.FhirBase);
        await task.Tell(3);
        await Settled(task);

        await task.Tell(2);
        await Settled(task);

        Assert.Equal([3], _practice.Requests.Select(r => Step(r.Body)));
        Assert.Equal([DeliveryState.NotNeeded, DeliveryState.Delivered], (await _feedback.Parcels(task.Id)).Select(d => d.State));
    }

    [Fact]
    public async Task A_practice_that_wants_none_gets_none_and_that_can_be_seen()
    {
        var task = new ToldTask(_feedback, _practice.FhirBase, wantsTasks: false);
        await task.Moves();

        await Settled(task);

        Assert.Empty(_practice.Requests);
        Assert.Equal(DeliveryState.NotNeeded, Assert.Single(await _feedback.Parcels(task.Id)).State);
    }

    [Fact]
    public async Task Letters_of_a_practice_go_before_its_news()
    {
        _practice.Now = Behaviour.Unavailable;
        var tasks = Enumerable.Range(0, 4).Select(_ => new ToldTask(_feedback, _practice.FhirBase)).ToList();
        foreach (var task in tasks)
        {
            await task.Moves();
        }

        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase);
        await _feedback.Tried(referralId, 1);
        await _feedback.Until(async () => (await _feedback.DeliveryOf(referralId)).Attempts > 1, TimeSpan.FromSeconds(1));
        _practice.Now = Behaviour.Ok;
        _feedback.Jump(TimeSpan.FromHours(1));
        await _feedback.Until(async () => (await _feedback.DeliveryOf(referralId)).State is DeliveryState.Delivered, TimeSpan.FromMinutes(5));
        foreach (var task in tasks)
        {
            await Settled(task);
        }

        Assert.Equal("DocumentReference", _practice.Requests.First(r => r.Behaviour is Behaviour.Ok).Path.Split('/')[1]);
    }

    private static int Step(string body) => int.Parse((string)JsonNode.Parse(body)!["description"]!, CultureInfo.InvariantCulture);

    private PracticeResource Held() => Assert.Single(_practice.Of("Task"));

    private Task Settled(ToldTask task) => _feedback.Until(
        async () => (await _feedback.Parcels(task.Id)) is { Count: > 0 } parcels && parcels.TrueForAll(d => d.State is not DeliveryState.Waiting),
        TimeSpan.FromSeconds(10));
}

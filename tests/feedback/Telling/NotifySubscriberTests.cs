using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Feedback.Returning;
using VGIntegration.Feedback.Tests.Returning;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Telling;

public sealed class NotifySubscriberTests : IAsyncLifetime
{
    private readonly Guid _subscription = Guid.NewGuid();
    private FeedbackHost _feedback = null!;
    private AnsweringPractice _endpoint = null!;

    public async ValueTask InitializeAsync()
    {
        (_feedback, _endpoint) = (await FeedbackHost.Start(), await AnsweringPractice.Start(AnsweringPractice.Status(204)));
        Know(_endpoint.FhirBase.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _feedback.DisposeAsync();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task The_endpoint_gets_the_handshake_and_then_each_event_in_its_order()
    {
        await Handshake();
        for (var number = 1; number <= 5; number++)
        {
            await Happens(number);
        }

        await Settled();

        Assert.Equal(6, _endpoint.Requests.Count);
        Assert.All(_endpoint.Requests, r => Assert.Equal(("POST", "/fhir", "Bearer van-de-abonnee"), (r.Method, r.Path, r.Headers["Authorization"])));
        Assert.Equal(Enumerable.Range(0, 6).Select(n => (long)n), (await _feedback.Parcels(_subscription)).OrderBy(d => d.DeliveredAt).ThenBy(d => d.Number).Select(d => d.EventNumber ?? 0));
        Assert.Equal([SubscriptionAnswer.Accepted], (await Told()).Select(t => t.Answer));
    }

    [Fact]
    public async Task An_endpoint_that_refuses_is_told_and_later_events_are_still_tried()
    {
        _endpoint.Answer(AnsweringPractice.Status(403), AnsweringPractice.Status(200));
        await Happens(1);
        await Settled();
        await Happens(2);
        await Settled();

        Assert.Equal([DeliveryState.Refused, DeliveryState.Delivered], (await _feedback.Parcels(_subscription)).Select(d => d.State));
        Assert.Equal([SubscriptionAnswer.Refused, SubscriptionAnswer.Accepted], (await Told()).Select(t => t.Answer));
    }

    [Fact]
    public async Task An_endpoint_that_is_away_for_long_is_told_once_and_gets_everything_in_the_end()
    {
        _endpoint.Answer(AnsweringPractice.Status(503));
        await Happens(1);
        await Happens(2);
        await _feedback.Until(async () => (await Told()).Count > 0, TimeSpan.FromMinutes(10));
        _endpoint.Answer(AnsweringPractice.Status(200));
        await Settled();

        Assert.Equal([SubscriptionAnswer.Unreachable, SubscriptionAnswer.Accepted], (await Told()).Select(t => t.Answer));
        Assert.All(await _feedback.Parcels(_subscription), d => Assert.Equal(DeliveryState.Delivered, d.State));
    }

    [Fact]
    public async Task A_handshake_that_fails_is_told_at_once()
    {
        _endpoint.Answer(AnsweringPractice.Status(500));
        await Handshake();

        await Eventually.Is(async () => (await Told()).Count == 1);

        Assert.Equal(SubscriptionAnswer.Unreachable, (await Told())[0].Answer);
    }

    [Fact]
    public async Task A_hanging_endpoint_delays_no_letter_and_no_news_of_the_same_practice()
    {
        await using var practice = await PracticeStub.Start();
        _endpoint.Answer(AnsweringPractice.Hang);
        for (var number = 1; number <= 10; number++)
        {
            await Happens(number);
        }

        await Eventually.Is(() => _endpoint.Requests.Count == 1);
        var task = new ToldTask(_feedback, practice.FhirBase);
        await task.Moves();
        var referralId = await _feedback.ASignedAdvice(practice.FhirBase);
        await _feedback.Arrives(referralId, TimeSpan.Zero);
        await Eventually.Is(() => practice.Of("Task").Count == 1);

        Assert.Single(_endpoint.Requests);
    }

    [Fact]
    public async Task What_nobody_wants_any_more_goes_nowhere_and_stays_to_be_seen()
    {
        _feedback.Neighbours.Subscriptions[_subscription] = _ => new { practice = Practice(), endpoint = (string?)null, resource = (object?)null };
        await Happens(1);
        await Settled();

        Assert.Empty(_endpoint.Requests);
        Assert.Equal(DeliveryState.NotNeeded, Assert.Single(await _feedback.Parcels(_subscription)).State);
    }

    [Fact]
    public async Task An_endpoint_that_is_no_longer_allowed_waits_for_a_person()
    {
        _feedback.Neighbours.Subscriptions[_subscription] = _ => new { practice = Practice(), endpoint = (string?)null, resource = new { resourceType = "Bundle" } };
        await Happens(1);
        await Eventually.Is(async () => (await _feedback.Parcels(_subscription)) is [{ LastHindrance: Hindrance.NoAddress }]);

        Assert.Empty(_endpoint.Requests);
    }

    [Fact]
    public async Task A_manager_can_have_a_delivered_notification_sent_again()
    {
        await Happens(1);
        await Settled();
        using var manager = PageClient.LoggedInAs(_feedback.App, "manager", "manager");
        var page = await manager.Open("/feedback/deliveries?part=meldingen");

        await manager.Submit(page.Form("delivery"));
        await Eventually.Is(() => _endpoint.Requests.Count == 2);

        Assert.Contains("Melding 1 van een abonnement", page.Text, StringComparison.Ordinal);
        Assert.Equal(2, _endpoint.Requests.Select(r => r.Headers["X-Request-Id"]).Distinct().Count());
    }

    [Fact]
    public async Task Nothing_of_a_notification_or_its_header_is_kept()
    {
        await Handshake();
        await Happens(1);
        await Settled();

        var kept = System.Text.Json.JsonSerializer.Serialize(await _feedback.Parcels(_subscription));

        Assert.DoesNotContain("van-de-abonnee", kept, StringComparison.Ordinal);
        Assert.DoesNotContain(_endpoint.FhirBase.ToString(), kept, StringComparison.Ordinal);
    }

    private static object Practice() => new { id = Examples.PracticeId, name = "Huisartsenpraktijk De Verzonnen Brug" };

    private void Know(string endpoint) => _feedback.Neighbours.Subscriptions[_subscription] = number => new
    {
        practice = Practice(),
        endpoint,
        authorization = "Bearer van-de-abonnee",
        resource = new JsonObject { ["resourceType"] = "Bundle", ["id"] = $"{number}" },
    };

    private Task Handshake() => _feedback.Tell(
        new SubscriptionRequested { SubscriptionId = _subscription, Sequence = 1, OccurredAt = _feedback.Clock.GetUtcNow(), PracticeId = Examples.PracticeId }, Guid.NewGuid());

    private Task Happens(int number) => _feedback.Tell(
        new SubscriptionEventRaised
        {
            SubscriptionId = _subscription,
            Sequence = number + 1,
            OccurredAt = _feedback.Clock.GetUtcNow(),
            PracticeId = Examples.PracticeId,
            ReferralId = Guid.NewGuid(),
            EventNumber = number,
        }, Guid.NewGuid());

    private Task Settled() => _feedback.Until(
        async () => (await _feedback.Parcels(_subscription)) is { Count: > 0 } parcels && parcels.TrueForAll(d => d.State is not DeliveryState.Waiting),
        TimeSpan.FromSeconds(30));

    private Task<List<SubscriptionAnswered>> Told() => _feedback.InDatabase(async db =>
        (await db.Outbox.AsNoTracking().OrderBy(m => m.CreatedAt).ToListAsync()).Select(m => m.Read()).OfType<SubscriptionAnswered>().ToList());
}

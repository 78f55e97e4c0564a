using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.ReferralIntake.Subscribing;

namespace VGIntegration.ReferralIntake.Tests.Subscribing;

public sealed class NotificationTests(IntakeHost intake) : IClassFixture<IntakeHost>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await intake.InDatabase(db => db.Set<TopicSubscription>().ExecuteDeleteAsync());

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Events_are_numbered_without_gaps_though_many_come_at_once()
    {
        var (one, other) = (await intake.AnActiveSubscription("nummers-1"), await intake.AnActiveSubscription("nummers-2"));
        var task = await intake.AReferral("N1");

        await Task.WhenAll(Enumerable.Range(2, 25).Select(version => Task.Run(() => intake.Changed(task, version))));

        foreach (var id in new[] { one, other })
        {
            var numbers = await intake.InDatabase(db => db.Set<SubscriptionEvent>().Where(e => e.SubscriptionId == id).Select(e => e.Number).Order().ToListAsync());
            Assert.Equal(Enumerable.Range(1, 25).Select(n => (long)n), numbers);
            var told = await Told(id);
            Assert.Equal(numbers, told.Select(t => t.EventNumber).Order());
            Assert.Equal(Enumerable.Range(2, 25), told.OrderBy(t => t.EventNumber).Select(t => t.Sequence)); // the handshake was 1
        }
    }

    [Fact]
    public async Task A_notification_says_a_number_a_time_and_which_Task_and_nothing_else()
    {
        var id = await intake.AnActiveSubscription("inhoud");
        var task = await intake.AReferral("N2");
        await intake.Changed(task, 2);

        var bundle = (await intake.Notification(id, 1, task.PracticeId))["resource"]!;

        var status = bundle["entry"]![0]!["resource"]!["parameter"]!.AsArray().ToDictionary(p => (string)p!["name"]!, p => p!);
        Assert.Equal(("history", "active", "event-notification", "1"), ((string?)bundle["type"], (string?)status["status"]["valueCode"],
            (string?)status["type"]["valueCode"], (string?)status["events-since-subscription-start"]["valueString"]));
        Assert.EndsWith($"/fhir/Task/{task.Id}", (string?)status["notification-event"]["part"]![2]!["valueReference"]!["reference"], StringComparison.Ordinal);
        Assert.Null(bundle["entry"]![1]!["resource"]);
        Assert.Equal(["entry", "meta", "resourceType", "timestamp", "type"], bundle.AsObject().Select(p => p.Key).Order());
        Assert.All(new[] { "Tess", "Testpersoon", "999911120", "0612345678", "N2", AskedSubscription.Token },
            personal => Assert.DoesNotContain(personal, bundle.ToJsonString(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_was_missed_can_be_asked_for()
    {
        var id = await intake.AnActiveSubscription("gemist");
        var task = await intake.AReferral("N3");
        for (var version = 2; version <= 7; version++)
        {
            await intake.Changed(task, version);
        }

        await intake.Answered(id, SubscriptionAnswer.Unreachable);
        using var gp = intake.GpSystem();
        var missed = await (await gp.GetAsync(Address(id, "$events?eventsSinceNumber=3&eventsUntilNumber=5"), TestContext.Current.CancellationToken)).Json();
        var wrong = await gp.GetAsync(Address(id, "$events?eventsSinceNumber=drie"), TestContext.Current.CancellationToken);
        var status = await (await gp.GetAsync(Address(id, "$status"), TestContext.Current.CancellationToken)).Json();

        Assert.Equal([3, 4, 5], Numbers(missed));
        Assert.Equal(400, (int)wrong.StatusCode);
        var told = status["entry"]![0]!["resource"]!["parameter"]!.AsArray().ToDictionary(p => (string)p!["name"]!, p => p!);
        Assert.Equal(("error", "6"), ((string?)told["status"]["valueCode"], (string?)told["events-since-subscription-start"]["valueString"]));
        Assert.Equal("unreachable", (string?)told["error"]["valueCodeableConcept"]!["coding"]![0]!["code"]);
    }

    [Fact]
    public async Task Only_who_asked_for_it_and_is_active_hears_of_a_change()
    {
        var filtered = await intake.AnActiveSubscription("filter", s => s["_criteria"] = JsonNode.Parse(
            """{"extension":[{"url":"http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-filter-criteria","valueString":"Task?status=completed,rejected"}]}"""));
        var unanswered = await AnUnansweredSubscription();
        var (own, other) = (await intake.AReferral("N4"), await intake.AReferral("N4", IntakeHost.Harbour));

        await intake.Changed(own, 2, "in-progress");
        await intake.Changed(own, 3, "completed");
        await intake.Changed(other, 2, "completed");

        Assert.Equal(own.ReferralId, Assert.Single(await Told(filtered)).ReferralId);
        Assert.Empty(await Told(unanswered));
    }

    [Fact]
    public async Task A_change_of_the_Task_is_told_in_the_same_save()
    {
        var task = await intake.AReferral("N5");
        await intake.Tell(new Contracts.Planning.ReferralTakenIn { ReferralId = task.ReferralId, Sequence = 1, OccurredAt = intake.Clock.GetUtcNow() });
        await intake.Tell(new Contracts.Planning.ReferralClosed { ReferralId = task.ReferralId, Sequence = 2, OccurredAt = intake.Clock.GetUtcNow(), Reason = "outside-region" });

        var told = await intake.InDatabase(async db => (await db.Outbox.AsNoTracking().ToListAsync()).Select(m => m.Read())
            .OfType<ReferralStatusChanged>().Where(m => m.ReferralId == task.ReferralId).OrderBy(m => m.Sequence).ToList());

        Assert.Equal([(2, 2, "received", "ontvangen"), (3, 3, "rejected", "afgewezen")],
            told.Select(t => (t.Sequence, t.TaskVersion, t.TaskStatus, t.BusinessStatus)));
    }

    private static List<int> Numbers(JsonNode bundle) => [.. bundle["entry"]![0]!["resource"]!["parameter"]!.AsArray()
        .Where(p => (string?)p!["name"] == "notification-event")
        .Select(p => int.Parse((string)p!["part"]![0]!["valueString"]!, CultureInfo.InvariantCulture))];

    private static Uri Address(Guid id, string rest) => new($"/fhir/Subscription/{id}/{rest}", UriKind.Relative);

    private async Task<Guid> AnUnansweredSubscription()
    {
        using var gp = intake.GpSystem();
        return Guid.Parse((await gp.PostFhir("/fhir/Subscription", AskedSubscription.Json("stil"))).Headers.Location!.Segments[^1]);
    }

    private Task<List<SubscriptionEventRaised>> Told(Guid id) => intake.InDatabase(async db =>
        (await db.Outbox.AsNoTracking().ToListAsync()).Select(m => m.Read()).OfType<SubscriptionEventRaised>().Where(m => m.SubscriptionId == id).ToList());
}

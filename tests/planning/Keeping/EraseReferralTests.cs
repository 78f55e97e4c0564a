using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Planning;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Planning.Journey;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Keeping;

public sealed class EraseReferralTests
{
    [Fact]
    public async Task What_intake_erased_goes_here_too_once_and_intake_hears_of_it()
    {
        await using var planning = await PlanningHost.Start();
        var (id, other) = (await planning.Of([Step.Closed], TimeSpan.FromDays(3)), await planning.Of([Step.Closed], TimeSpan.FromDays(3)));
        var (rows, otherRows, message) = (await planning.Rows(id), await planning.Rows(other), Guid.NewGuid());

        await planning.Tell(Erased(planning, id), message);
        await planning.Tell(Erased(planning, id), message);

        Assert.Equal((0, otherRows), (await planning.Rows(id), await planning.Rows(other)));
        var told = Assert.Single((await planning.Told(id)).OfType<ErasedInPlanning>());
        Assert.Equal(rows, told.Rows);
        Assert.Equal(["asked-by-resident"], await planning.InDatabase(db => db.Audit.Where(a => a.What == $"Referral/{id}" && a.Action == "D").Select(a => a.Why).ToListAsync()));
    }

    [Fact]
    public async Task What_is_still_on_the_work_list_is_not_erased_until_it_has_ended()
    {
        await using var planning = await PlanningHost.Start();
        var id = await planning.AReferral();

        await Assert.ThrowsAnyAsync<Exception>(() => planning.Tell(Erased(planning, id), Guid.NewGuid()));
        var before = await planning.Rows(id);
        await planning.Tell(new ReferralWithdrawn { ReferralId = id, Sequence = 2, OccurredAt = planning.Clock.GetUtcNow(), Reason = ClosingReason.EnteredInError }, Guid.NewGuid());
        await planning.Tell(Erased(planning, id), Guid.NewGuid());

        Assert.True(before > 0);
        Assert.Equal(0, await planning.Rows(id));
    }

    [Fact]
    public async Task A_message_from_before_does_not_bring_it_back()
    {
        await using var planning = await PlanningHost.Start();
        var (id, now) = (Guid.NewGuid(), planning.Clock.GetUtcNow());
        await planning.Tell(Erased(planning, id), Guid.NewGuid());

        await planning.Tell(new ReferralReceived { ReferralId = id, Sequence = 1, OccurredAt = now, Priority = "routine" }, Guid.NewGuid());
        await planning.Tell(new ReferralChanged { ReferralId = id, Sequence = 2, OccurredAt = now, ReceivedAt = now, Priority = "routine" }, Guid.NewGuid());
        await planning.Tell(new ReferralSupplemented { ReferralId = id, Sequence = 3, OccurredAt = now, DocumentReferenceId = Guid.NewGuid() }, Guid.NewGuid());
        await planning.Tell(new ReferralWithdrawn { ReferralId = id, Sequence = 4, OccurredAt = now, Reason = ClosingReason.WithdrawnByReferrer }, Guid.NewGuid());

        Assert.Equal(0, await planning.Rows(id));
    }

    [Fact]
    public async Task A_manager_gets_through_intake_all_that_planning_holds_of_this_referral_and_no_other()
    {
        await using var planning = await PlanningHost.Start();
        var (id, other) = (await planning.Of([Step.Closed], TimeSpan.FromDays(3)), await planning.Of([Step.Closed], TimeSpan.FromDays(3)));
        using var intake = planning.App.WithToken("intake", "record.read");
        intake.DefaultRequestHeaders.Add("X-On-Behalf-Of", "marijke");
        var refused = await intake.GetAsync(Record(id), TestContext.Current.CancellationToken);
        intake.DefaultRequestHeaders.Add("X-Roles", "manager");

        var told = await intake.GetStringAsync(Record(id), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var record = JsonNode.Parse(told)!["record"]!.AsObject();
        Assert.All(record, part => Assert.NotEmpty(part.Value!.AsArray()));
        Assert.Contains(KeptJourney.Mark, told, StringComparison.Ordinal);
        Assert.DoesNotContain(other.ToString(), told, StringComparison.Ordinal);
        Assert.Equal("marijke", await planning.InDatabase(db => db.Audit.Where(a => a.Why == "export-record").Select(a => a.OnBehalfOf).SingleAsync()));
    }

    [Theory]
    [InlineData("feedback", "conversation.read")]
    [InlineData("de-brug", "system/*.cruds")]
    public async Task Nobody_else_asks_for_a_record_or_the_periods(string client, string scope)
    {
        await using var planning = await PlanningHost.Start();
        using var stranger = planning.App.WithToken(client, scope);
        stranger.DefaultRequestHeaders.Add("X-Roles", "manager");

        var (record, kinds) = (await stranger.GetAsync(Record(Guid.NewGuid())), await stranger.GetAsync(new Uri("/internal/keeping", UriKind.Relative)));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (record.StatusCode, kinds.StatusCode));
    }

    private static Uri Record(Guid id) => new($"/internal/records/{id}", UriKind.Relative);

    private static ReferralErased Erased(PlanningHost planning, Guid id) =>
        new() { ReferralId = id, Sequence = 9, OccurredAt = planning.Clock.GetUtcNow(), Reason = ErasureReason.AskedByResident };
}

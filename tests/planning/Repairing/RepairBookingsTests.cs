using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Registry.Keeping;
using VGIntegration.Planning.Repairing;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Planning.Tests.Scheduling;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Repairing;

/// <summary>Somebody is ill: what was booked is repaired together, accepted whole or in part.</summary>
public sealed class RepairBookingsTests : IAsyncLifetime
{
    private PlanningHost _planning = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _planning = await PlanningHost.Start();

    public ValueTask DisposeAsync() => _planning.DisposeAsync();

    [Fact]
    public async Task Who_is_ill_is_replaced_at_the_same_time_and_place_and_everybody_is_told()
    {
        var before = await Booked("1182");
        await IsAway(before.MentalHealthProfessionalId, before.StartsAt);

        var row = Assert.Single(await Make());
        var refused = await Accept([row]);

        Assert.Empty(refused);
        Assert.True(row.Repair.KeepsTimeAndPlace);
        var after = await Now(before.ReferralId);
        Assert.Equal((before.StartsAt, before.LocationId, before.SocialDomainProfessionalId), (after.StartsAt, after.LocationId, after.SocialDomainProfessionalId));
        Assert.NotEqual(before.MentalHealthProfessionalId, after.MentalHealthProfessionalId);
        var told = Assert.IsType<ProfessionalReplaced>((await _planning.Told(before.ReferralId))[^1]);
        Assert.Equal(before.MentalHealthProfessionalId, told.ReplacedProfessionalId);
        Assert.Empty(await Make());
    }

    [Fact]
    public async Task A_place_that_closes_moves_the_conversation_and_the_planner_is_asked_to_call_first()
    {
        var before = await Booked("1182");
        await Change<Location>(before.LocationId, l => l.Until, Today.Of(before.StartsAt).AddDays(-1));
        using var planner = _planning.Planner();

        var page = await planner.Open("/planning/repairs");
        Assert.Contains("Bel de inwoner eerst", page.Text, StringComparison.Ordinal);
        page = await planner.Submit(page.Form("Herstel wat een vinkje heeft"));
        Assert.Contains("Zet een vinkje", page.Text, StringComparison.Ordinal); // what has to be agreed with the resident is not ticked beforehand
        var row = Assert.Single(await Make());
        page = await planner.Submit(page.Form("Herstel wat een vinkje heeft"), ("rows", RepairsModel.Row(row)));

        Assert.Contains("1 afspraak is hersteld", page.Text, StringComparison.Ordinal);
        Assert.Contains("Alle afspraken kunnen doorgaan", page.Text, StringComparison.Ordinal);
        Assert.NotEqual(before.LocationId, (await Now(before.ReferralId)).LocationId);
        Assert.IsType<ConversationRescheduled>((await _planning.Told(before.ReferralId))[^1]);
    }

    [Fact]
    public async Task A_whole_day_of_somebody_who_is_ill_is_repaired_in_one_go_and_disturbs_nobody_else()
    {
        var all = new List<Conversation>();
        for (var i = 0; i < 12; i++)
        {
            all.Add(await Booked("1182"));
        }

        var busiest = all.GroupBy(c => (c.MentalHealthProfessionalId, Today.Of(c.StartsAt))).MaxBy(g => g.Count())!;
        Assert.True(busiest.Count() > 1, "nobody has two on one day");
        await IsAway(busiest.Key.MentalHealthProfessionalId, busiest.First().StartsAt);

        var rows = await Make();
        var refused = await Accept(rows.Where(r => r.Repair.To is not null));

        Assert.Equal(busiest.Select(c => c.ReferralId).Order(), rows.Select(r => r.Booked.ReferralId).Order());
        Assert.Empty(refused);
        foreach (var c in all.Except(busiest))
        {
            var now = await Now(c.ReferralId);
            Assert.Equal((c.StartsAt, c.MentalHealthProfessionalId, c.Sequence), (now.StartsAt, now.MentalHealthProfessionalId, now.Sequence));
        }

        Assert.Equal(rows.Where(r => r.Repair.To is null).Select(r => r.Booked.ReferralId), (await Make()).Select(r => r.Booked.ReferralId));
    }

    [Fact]
    public async Task A_repair_of_what_changed_meanwhile_is_not_made_and_the_planner_is_told_which()
    {
        var (one, other) = (await Booked("1182"), await Booked("1102"));
        await IsAway(one.MentalHealthProfessionalId, one.StartsAt);
        await IsAway(other.MentalHealthProfessionalId, other.StartsAt);
        var rows = await Make();
        Assert.Null(await _planning.Work(one.ReferralId, At.Move));

        var refused = await Accept(rows);

        Assert.Equal([one.ReferralId], refused);
        Assert.NotEqual(other.MentalHealthProfessionalId, (await Now(other.ReferralId)).MentalHealthProfessionalId);
    }

    [Fact]
    public async Task The_work_list_says_beside_the_appointment_why_it_cannot_go_on()
    {
        var booked = await Booked("1182");
        using var planner = _planning.Planner();
        Assert.DoesNotContain("kan niet meer", (await planner.Open("/planning?show=planned")).Text, StringComparison.Ordinal);
        await IsAway(booked.MentalHealthProfessionalId, booked.StartsAt);

        var list = await planner.Open("/planning?show=planned");
        var repaired = await planner.Open("/planning/repairs");

        Assert.Contains("kan niet meer", list.Text, StringComparison.Ordinal);
        Assert.Contains("is er die dag niet", list.Text, StringComparison.Ordinal);
        Assert.Contains("komt in de plaats van", repaired.Text, StringComparison.Ordinal);
    }

    private async Task<Conversation> Booked(string postcode)
    {
        var referral = await _planning.AReferral(postcode);
        Assert.Null(await _planning.Work(referral, At.Book));
        return await Now(referral);
    }

    private Task<Conversation> Now(Guid referral) => _planning.InDatabase(db => db.Conversations.AsNoTracking().SingleAsync(c => c.ReferralId == referral));

    private Task<int> IsAway(Guid professional, DateTimeOffset at) => _planning.Within(async services =>
    {
        var db = services.GetRequiredService<Persistence.PlanningDbContext>();
        db.Add(new Absence { Id = Guid.NewGuid(), ProfessionalId = professional, From = Today.Of(at), Until = Today.Of(at) });
        services.GetRequiredService<KnownRegion>().Forget();
        return await db.SaveChangesAsync(Ct);
    });

    private Task<int> Change<T>(Guid id, System.Linq.Expressions.Expression<Func<T, DateOnly?>> property, DateOnly until)
        where T : class => _planning.Within(async services =>
    {
        var db = services.GetRequiredService<Persistence.PlanningDbContext>();
        db.Entry((await db.FindAsync<T>([id], Ct))!).Property(property).CurrentValue = until;
        var saved = await db.SaveChangesAsync(Ct);
        services.GetRequiredService<KnownRegion>().Forget();
        return saved;
    });

    private Task<IReadOnlyList<RepairRow>> Make() => _planning.Within(s => s.GetRequiredService<RepairBookings>().Make(Ct));

    private Task<IReadOnlyList<Guid>> Accept(IEnumerable<RepairRow> rows) => _planning.Within(s => s.GetRequiredService<RepairBookings>().Accept(
        [.. rows.Select(r => new AcceptedRepair(r.Journey.ReferralId, r.Journey.Revision, r.Repair.To!.Key))], "petra", Ct));
}

using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Registry.Keeping;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Planning.Tests.Scheduling;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Registry.Keeping;

public sealed class DisturbedBookingsTests : IAsyncLifetime
{
    private PlanningHost _planning = null!;

    public async ValueTask InitializeAsync() => _planning = await PlanningHost.Start();

    public ValueTask DisposeAsync() => _planning.DisposeAsync();

    [Theory]
    [InlineData("absence", "is er die dag niet")]
    [InlineData("registration", "de registratie is verlopen")]
    [InlineData("agreement", "de afspraak over geheimhouding geldt die dag niet")]
    [InlineData("location", "is die dag niet meer te gebruiken")]
    [InlineData("holiday", "het is die dag Heidag")]
    [InlineData("pause", "het vaste moment gaat die dag niet door")]
    public async Task A_booking_that_a_later_change_disturbs_is_shown_with_the_reason(string change, string expected)
    {
        var referral = await _planning.AReferral();
        Assert.Null(await _planning.Work(referral, At.Book));
        var booked = await _planning.InDatabase(db => Task.FromResult(db.Conversations.Single()));
        var day = Today.Of(booked.StartsAt);
        using var manager = PageClient.LoggedInAs(_planning.App, "mara", "manager");

        var page = await Change(manager, change, booked, day);
        var registry = await manager.Open("/planning/registry");

        Assert.Contains("Opgeslagen", page.Text, StringComparison.Ordinal);
        Assert.Contains("Deze afspraken kunnen niet meer", page.Text, StringComparison.Ordinal);
        Assert.Contains(expected, page.Text, StringComparison.Ordinal);
        Assert.Contains(expected, registry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_booking_that_can_go_on_is_not_disturbed()
    {
        Assert.Null(await _planning.Work(await _planning.AReferral(), At.Book));
        using var manager = PageClient.LoggedInAs(_planning.App, "mara", "manager");

        var registry = await manager.Open("/planning/registry");

        Assert.DoesNotContain("Afspraken die niet meer kunnen", registry.Text, StringComparison.Ordinal);
    }

    private async Task<Page> Change(PageClient manager, string change, Conversation booked, DateOnly day)
    {
        var register = await _planning.InDatabase(db => Register.Load(db, TestContext.Current.CancellationToken));
        var two = register.Of<Professional>().Where(p => booked.IsOf(p.Id)).ToList();
        var (on, before) = ($"{day:yyyy-MM-dd}", $"{day.AddDays(-1):yyyy-MM-dd}");
        (string Address, (string, string?)[] FilledIn) = change switch
        {
            "absence" => ("absences/new", new (string, string?)[] { ("Professional", $"{two[0].Id}"), ("From", on) }),
            "registration" => ($"professionals/{two[0].Id}", [("RegisteredUntil", before)]),
            "agreement" => ($"agreements/{register.Of<Agreement>().Single(a => two.All(p => p.OrganisationId == a.OneOrganisationId || p.OrganisationId == a.OtherOrganisationId)).Id}", [("Until", before)]),
            "location" => ($"locations/{booked.LocationId}", [("Until", before)]),
            "holiday" => ("holidays/new", [("Name", "Heidag"), ("From", on), ("Until", on)]),
            _ => ("pauses/new", [("Moment", $"{register.Of<FixedMoment>().Single(m => m.DuoId == booked.DuoId && m.IsOn(day)).Id}"), ("From", on), ("Until", on)]),
        };
        return await manager.Submit((await manager.Open($"/planning/registry/{Address}")).Form("Opslaan"), FilledIn);
    }
}

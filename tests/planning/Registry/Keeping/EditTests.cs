using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Registry.Keeping;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Registry.Keeping;

public sealed class EditTests : IAsyncLifetime
{
    private PlanningHost _planning = null!;

    public async ValueTask InitializeAsync() => _planning = await PlanningHost.Start();

    public ValueTask DisposeAsync() => _planning.DisposeAsync();

    [Fact]
    public async Task Every_kind_has_a_list_and_a_page_to_add_one()
    {
        using var manager = Manager();

        foreach (var kind in Kinds.All)
        {
            var (list, add) = (await manager.Open($"/planning/registry/{kind.Path}"), await manager.Open($"/planning/registry/{kind.Path}/new"));

            Assert.Equal((HttpStatusCode.OK, kind.Plural), (list.Status, list.Heading));
            Assert.Equal((HttpStatusCode.OK, $"Nieuw: {kind.Singular}"), (add.Status, add.Heading));
            Assert.All(kind.Fields, f => Assert.Contains($"id=\"{f.Name}\"", add.Html, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_is_added_is_there_with_who_added_it_and_matching_knows_it()
    {
        using var manager = Manager();
        var form = (await manager.Open("/planning/registry/organisations/new")).Form("Opslaan");

        var page = await manager.Submit(form, ("Name", "Buurtzorg De Vaart"), ("Domain", "SocialDomain"));

        Assert.Equal("Buurtzorg De Vaart", page.Heading);
        Assert.Contains("mara : toegevoegd", page.Text, StringComparison.Ordinal);
        var region = await Known();
        Assert.Contains(region.Organisations.Values, o => o is { Name: "Buurtzorg De Vaart", Domain: Discipline.SocialDomain });
        Assert.True(await _planning.InDatabase(db => db.Audit.AnyAsync(a => a.Why == "keep-registry" && a.Who == "mara" && a.Action == "C")));
    }

    [Fact]
    public async Task The_same_click_twice_adds_one()
    {
        using var manager = Manager();
        var form = (await manager.Open("/planning/registry/organisations/new")).Form("Opslaan");

        await manager.Submit(form, ("Name", "Tweeling"));
        await manager.Submit(form, ("Name", "Tweeling"));

        Assert.Equal(1, await _planning.InDatabase(db => db.Set<Organisation>().CountAsync(o => o.Name == "Tweeling")));
    }

    [Fact]
    public async Task A_fault_is_told_at_its_field_and_nothing_typed_is_lost()
    {
        using var manager = Manager();
        var form = (await manager.Open("/planning/registry/professionals/new")).Form("Opslaan");

        var page = await manager.Submit(
            form, ("Name", "Nieuw Iemand"), ("Telephone", "geen nummer"), ("Email", "geen adres"), ("Languages", "nederlands"), ("Training", "2026-13-45"));

        Assert.Equal("Nieuw Iemand", page.Form("Opslaan")["Name"]);
        Assert.Equal("geen nummer", page.Form("Opslaan")["Telephone"]);
        foreach (var field in new[] { "Discipline", "Profession", "Organisation", "Telephone", "Email", "Login", "Languages", "Training" })
        {
            Assert.Contains($"href=\"#{field}\"", page.Html, StringComparison.Ordinal);
            Assert.Contains($"id=\"{field}-fault\"", page.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_people_at_once_and_the_second_is_told_and_loses_nothing()
    {
        using var one = Manager();
        using var other = PageClient.LoggedInAs(_planning.App, "otto", "manager");
        var address = $"/planning/registry/locations/{(await Known()).Locations.Keys.First()}";
        var (first, second) = ((await one.Open(address)).Form("Opslaan"), (await other.Open(address)).Form("Opslaan"));

        await one.Submit(first, ("Name", "Van de eerste"));
        var told = await other.Submit(second, ("Name", "Van de tweede"));
        var again = await other.Submit(told.Form("name=\"Address\""), []);

        Assert.Contains("Iemand anders heeft dit net veranderd", told.Text, StringComparison.Ordinal);
        Assert.Contains("Nu is opgeslagen: Van de eerste", told.Text, StringComparison.Ordinal);
        Assert.Equal("Van de tweede", told.Form("name=\"Address\"")["Name"]);
        Assert.Equal("Van de tweede", again.Heading);
    }

    [Fact]
    public async Task The_last_change_can_be_undone()
    {
        using var manager = Manager();
        var location = (await Known()).Locations.Values.First();
        var address = $"/planning/registry/locations/{location.Id}";
        var changed = await manager.Submit((await manager.Open(address)).Form("Opslaan"), ("Name", "Vergissing"));

        var undone = await manager.Submit(changed.Form("ongedaan"));

        Assert.Equal(location.Name, undone.Heading);
        Assert.Equal(2, await _planning.InDatabase(db => db.Set<RegistryChange>().CountAsync(c => c.RecordId == location.Id)));
    }

    [Fact]
    public async Task A_planner_may_look_and_a_manager_may_change()
    {
        using var planner = _planning.Planner();
        using var manager = Manager();
        var address = $"/planning/registry/locations/{(await Known()).Locations.Keys.First()}";
        var form = (await manager.Open(address)).Form("Opslaan");

        var (seen, add) = (await planner.Open(address), await planner.Open("/planning/registry/locations/new"));
        var import = await planner.Open("/planning/registry/import");

        Assert.Contains("Veranderen doet de manager", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(seen.Forms, f => f.Html.Contains("Opslaan", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (add.Status, import.Status));
        var ownForm = form with { Fields = [.. form.Fields.Where(f => f.Key != "__RequestVerificationToken"), .. seen.Forms[0].Fields.Where(f => f.Key == "__RequestVerificationToken")] };
        Assert.Equal(HttpStatusCode.Forbidden, (await planner.Submit(ownForm, ("Name", "Mag niet"))).Status);
    }

    [Fact]
    public async Task A_professional_sees_no_registry()
    {
        using var professional = _planning.Professional("ggz");

        Assert.Equal(HttpStatusCode.Forbidden, (await professional.Open("/planning/registry")).Status);
    }

    [Fact]
    public async Task What_has_ended_is_found_when_asked_for()
    {
        using var manager = Manager();
        var duo = (await Known()).Duos[0];
        await manager.Submit((await manager.Open($"/planning/registry/duos/{duo.Id}")).Form("Opslaan"), ("Until", "2026-11-01"));

        var (now, ever) = (await manager.Open("/planning/registry/duos"), await manager.Open("/planning/registry/duos?ended=true"));

        Assert.DoesNotContain($"/duos/{duo.Id}", now.Html, StringComparison.Ordinal);
        Assert.Contains($"/duos/{duo.Id}", ever.Html, StringComparison.Ordinal);
        Assert.Contains("gestopt", ever.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Searching_looks_at_every_fact()
    {
        using var planner = _planning.Planner();

        var page = await planner.Open("/planning/registry/professionals?q=kaya%20tr");

        Assert.Contains("1 gevonden", page.Text, StringComparison.Ordinal);
        Assert.Contains("Elif Kaya", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_on_the_first_page()
    {
        using var planner = _planning.Planner();

        var page = await planner.Open("/planning/registry");

        Assert.Contains("Bram Smit training ontbreekt", page.Text, StringComparison.Ordinal);
        Assert.Contains("tweede kerstdag", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/planning/registry/nothing")]
    [InlineData("/planning/registry/nothing/new")]
    [InlineData("/planning/registry/duos/00000000-0000-0000-0000-000000000001")]
    [InlineData("/planning/registry/duos/not-an-id")]
    [InlineData("/planning/registry/nothing/csv")]
    public async Task What_is_not_there_is_not_found(string address)
    {
        using var manager = Manager();

        Assert.Equal(HttpStatusCode.NotFound, (await manager.Open(address)).Status);
    }

    [Theory]
    [InlineData("duos", "SocialDomain", "Anouk Visser (Welzijn Amstelland)", "Dit duo staat er al")]
    [InlineData("duos", "SocialDomain", "Bram Smit (Psychologenpraktijk De Delta)", "Kies iemand van het sociaal domein")]
    [InlineData("moments", "Until", "10:00", "Dit dagdeel is te kort")]
    [InlineData("moments", "ValidUntil", "2025-01-01", "De laatste dag ligt voor de eerste dag")]
    [InlineData("agreements", "Other", "GGZ Amstelkring", "Kies twee verschillende organisaties")]
    [InlineData("locations", "Latitude", "523", "Schrijf graden als getal")]
    [InlineData("locations", "Rooms", "0", "Schrijf een heel getal van 1 tot 100")]
    [InlineData("professionals", "Profession", "bakker", "Deze rol telt aan deze kant niet mee")]
    [InlineData("professionals", "Organisation", "Welzijn Amstelland", "Deze organisatie werkt aan de andere kant")]
    [InlineData("professionals", "Organisation", "Nergens", "Deze naam staat niet in het register")]
    [InlineData("professionals", "Name", "a\u0000b", "Gebruik geen regeleinden")]
    public async Task What_the_rules_forbid_is_refused_at_its_field(string kind, string field, string value, string expected)
    {
        var register = await _planning.InDatabase(db => Register.Load(db, TestContext.Current.CancellationToken));
        var known = Kinds.Of(kind)!;
        var record = register.Of(kind).First(r => r is not Professional and not Agreement and not Duo
            || r is Duo && known.Title(r, register).StartsWith("Marit", StringComparison.Ordinal)
            || r is Professional { Name: "Marit de Boer" } || r is Agreement a && register.TitleOf("organisations", a.OneOrganisationId) == "GGZ Amstelkring");
        var draft = new Draft(known, new Dictionary<string, string?>(known.Read(record)) { [field] = value }, register);

        known.Make(draft, kind == "duos" && value.StartsWith("Anouk", StringComparison.Ordinal) ? Guid.NewGuid() : record.Id, 1);

        Assert.Contains(draft.Faults, f => f.Field == field && f.Dutch.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_log_in_is_never_both_halves_of_a_duo()
    {
        var register = await _planning.InDatabase(db => Register.Load(db, TestContext.Current.CancellationToken));
        var duo = register.Of<Duo>().First();
        var (one, other) = ((Professional)register.Find("professionals", duo.MentalHealthProfessionalId)!, register.Find("professionals", duo.SocialDomainProfessionalId)!);
        var (duos, professionals) = (Kinds.Of("duos")!, Kinds.Of("professionals")!);
        var changed = new Draft(professionals, new Dictionary<string, string?>(professionals.Read(other)) { ["Login"] = one.Login.ToUpperInvariant() }, register);
        var draft = new Draft(duos, new Dictionary<string, string?>(duos.Read(duo)), register);

        register.Put("professionals", professionals.Make(changed, other.Id, 1));
        duos.Make(draft, duo.Id, 1);

        Assert.Equal(["Login"], changed.Faults.Select(f => f.Field));
        Assert.Equal(["SocialDomain"], draft.Faults.Select(f => f.Field));
        Assert.All(changed.Faults.Concat(draft.Faults), f => Assert.Contains("dezelfde inlognaam", f.Dutch, StringComparison.Ordinal));
    }

    private PageClient Manager() => PageClient.LoggedInAs(_planning.App, "mara", "manager");

    private async Task<Region> Known() =>
        await ((KnownRegion)_planning.App.Services.GetService(typeof(KnownRegion))!).Get(TestContext.Current.CancellationToken);
}

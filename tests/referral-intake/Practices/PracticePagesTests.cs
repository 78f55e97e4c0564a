using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Tests.Identity;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Practices;

public sealed class PracticePagesTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_manager_connects_a_practice_and_it_is_in_the_audit()
    {
        using var manager = Manager();
        var form = (await (await Open(manager, "/practices")).Follow(manager, "Praktijk aansluiten")).Form("Aansluiten");

        var after = await manager.Submit(form, ("Details.Name", "De Linde"), ("Details.Agb", "01009999"), ("Details.ClientId", "linde"),
            ("NewKeys", SigningGp.Ec("linde", "linde-2026").Jwks));

        Assert.Equal("/practices", after.Address.AbsolutePath);
        Assert.Contains("De Linde is aangesloten.", after.Text, StringComparison.Ordinal);
        Assert.Contains("linde-2026 (sinds 23-11-2026)", after.Text, StringComparison.Ordinal);
        var practice = await intake.InDatabase(db => db.Practices.SingleAsync(p => p.ClientId == "linde", Ct));
        Assert.Equal([("C", "manager", "connect-practice")], await Audit(practice.Id));
    }

    [Fact]
    public async Task What_is_wrong_is_told_at_its_field_and_nothing_is_lost()
    {
        using var manager = Manager();
        var form = (await Open(manager, "/practices/new")).Form("Aansluiten");

        var again = await manager.Submit(form, ("Details.Name", "De Eik"), ("Details.Agb", "123"), ("Details.ClientId", "eik"),
            ("Details.FhirBase", "http://elsewhere.example/fhir"), ("NewKeys", "{}"));

        var refused = again.Form("Aansluiten");
        Assert.Equal(("De Eik", "123", "{}"), (refused["Details.Name"], refused["Details.Agb"], refused["NewKeys"]));
        Assert.All(new[] { "Agb-fault", "FhirBase-fault", "NewKeys-fault" }, fault => Assert.Contains(fault, refused.Html, StringComparison.Ordinal));
        Assert.False(await intake.InDatabase(db => db.Practices.AnyAsync(p => p.ClientId == "eik", Ct)));
    }

    [Fact]
    public async Task A_practice_is_switched_off_after_a_second_look_and_on_again()
    {
        using var manager = Manager();
        using var gp = intake.GpSystem(IntakeHost.Harbour);
        var before = await gp.GetAsync(new Uri("/fhir/Task", UriKind.Relative), Ct);
        var page = await (await Open(manager, "/practices")).Follow(manager, "De Haven");

        var question = await page.Follow(manager, "Aansluiting uitzetten");
        await manager.Submit(question.Form("Uitzetten"));
        var off = await gp.GetAsync(new Uri("/fhir/Task", UriKind.Relative), Ct);
        var offPage = await (await Open(manager, "/practices")).Follow(manager, "De Haven");
        await manager.Submit(offPage.Form("Weer aanzetten"));
        var on = await gp.GetAsync(new Uri("/fhir/Task", UriKind.Relative), Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.OK), (before.StatusCode, off.StatusCode, on.StatusCode));
        var practice = await intake.InDatabase(db => db.Practices.SingleAsync(p => p.ClientId == IntakeHost.Harbour, Ct));
        Assert.Equal(["switch-practice-off", "switch-practice-on"], (await Audit(practice.Id)).Select(a => a.Item3).Order());
    }

    [Fact]
    public async Task The_work_of_another_manager_is_not_undone()
    {
        using var manager = Manager();
        var form = (await (await Open(manager, "/practices")).Follow(manager, "De Brug")).Form("Opslaan");

        await manager.Submit(form, ("Details.NotificationHosts", "meldingen.brug.example"));
        var late = await manager.Submit(form, ("Details.Name", "De Oude Brug"));

        Assert.Contains("Iemand anders heeft deze praktijk net gewijzigd", late.Text, StringComparison.Ordinal);
        var practice = await intake.InDatabase(db => db.Practices.SingleAsync(p => p.ClientId == IntakeHost.Bridge, Ct));
        Assert.Equal(("De Brug", "meldingen.brug.example", "https://brug.example/fhir"), (practice.Name, practice.NotificationHosts, practice.FhirBase));
    }

    [Fact]
    public async Task The_manager_of_the_demo_logs_in_and_sees_its_practice()
    {
        await using var demo = await AuthorityHost.With("--demo");
        using var manager = new PageClient(demo.Address);

        var page = await manager.LogIn("/practices", "manager");

        Assert.Contains("De Brug (demo)", page.Text, StringComparison.Ordinal);
        Assert.Contains("Maaike Manager", page.Text, StringComparison.Ordinal);
    }

    private PageClient Manager() => PageClient.LoggedInAs(intake.App, "manager", "manager");

    private static async Task<Page> Open(PageClient person, string path)
    {
        var page = await person.Open(path);
        Assert.True(page.Status == HttpStatusCode.OK, $"{path}: {page.Status} {page.Text}");
        return page;
    }

    private Task<List<(string, string, string)>> Audit(Guid practice) => intake.InDatabase(async db =>
        (await db.Audit.Where(a => a.What == $"Practice/{practice}").OrderBy(a => a.Id).ToListAsync(Ct)).Select(a => (a.Action, a.Who, a.Why)).ToList());
}

internal static class Following
{
    internal static async Task<Page> Follow(this Page page, PageClient person, string link)
    {
        var next = await person.Open(page.Link(link));
        Assert.Equal(HttpStatusCode.OK, next.Status);
        return next;
    }
}

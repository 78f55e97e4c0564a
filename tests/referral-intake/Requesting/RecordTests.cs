using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Tests.Keeping;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Requesting;

/// <summary>A manager finds a resident who asks about the own data, and hands all of it out.</summary>
public sealed class RecordTests : IAsyncLifetime
{
    private const string Mark = "Quirijntje";
    private readonly IntakeHost _intake = new();
    private OtherServices _others = null!;
    private PageClient _manager = null!;

    public async ValueTask InitializeAsync()
    {
        _others = await OtherServices.Start();
        _intake.Settings = _others.Settings;
        await _intake.InitializeAsync();
        _manager = PageClient.LoggedInAs(_intake.App, "marijke", "manager");
    }

    public async ValueTask DisposeAsync()
    {
        _manager.Dispose();
        await _intake.DisposeAsync();
        await _others.DisposeAsync();
    }

    [Theory]
    [InlineData("Z-1", null, null, null)]
    [InlineData(null, "vérzonnen", "17-5-1980", null)]
    [InlineData(null, "Quirijntje Verzonnen", "1980-05-17", null)]
    [InlineData(null, null, null, "999990019")]
    public async Task A_resident_is_found_in_three_ways_and_nothing_of_it_is_in_an_address(string? number, string? name, string? born, string? bsn)
    {
        var id = await Refer("Z-1", new(Mark, "Verzonnen", "999990019", "0612340001"), "1980-05-17");
        await Refer("Z-2", new("Ander", "Verzonnen", "999990007", "0612340002"), "1981-05-17");

        var found = await Search(("Number", number), ("Name", name), ("BirthDate", born), ("Bsn", bsn));

        var link = Assert.Single(found.Links, l => l.Address.AbsolutePath.StartsWith("/practices/keeping/residents/", StringComparison.Ordinal));
        Assert.Equal($"/practices/keeping/residents/{id}", link.Address.AbsolutePath);
        Assert.Equal(("/practices/keeping/residents", ""), (found.Address.AbsolutePath, found.Address.Query));
        Assert.Equal("find-record", await _intake.InDatabase(db => db.Audit.Where(a => a.What == $"Referral/{id}" && a.Who == "marijke").Select(a => a.Why).SingleAsync()));
    }

    [Theory]
    [InlineData("Quirijntje Verzonnen", "18-5-1980", null)]
    [InlineData("Quirijntje Anders", "17-5-1980", null)]
    [InlineData(null, null, "999911120")]
    public async Task Who_is_not_there_is_not_found_and_the_search_is_in_the_audit(string? name, string? born, string? bsn)
    {
        await Refer("Z-3", new(Mark, "Verzonnen", "999990019", "0612340001"), "1980-05-17");

        var found = await Search(("Name", name), ("BirthDate", born), ("Bsn", bsn));

        Assert.Contains("geen verwijzing gevonden", found.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("0612340001", found.Html, StringComparison.Ordinal);
        Assert.Equal("E", await _intake.InDatabase(db => db.Audit.Where(a => a.Who == "marijke").Select(a => a.Action).SingleAsync()));
    }

    [Theory]
    [InlineData("", "", "", "", "Vul een nummer in")]
    [InlineData("", "Verzonnen", "", "", "Vul ook de geboortedatum in")]
    [InlineData("", "", "17-5-1980", "", "Vul ook de naam in")]
    [InlineData("", "Verzonnen", "17 mei", "", "Schrijf de geboortedatum")]
    [InlineData("", "", "", "999911121", "Dit is geen BSN")]
    public async Task A_question_that_says_too_little_comes_back_as_it_was_typed(string number, string name, string born, string bsn, string says)
    {
        var again = await Search(("Number", number), ("Name", name), ("BirthDate", born), ("Bsn", bsn));

        Assert.Contains(says, again.Text, StringComparison.Ordinal);
        var form = again.Form("Zoeken");
        Assert.Equal((name, born, bsn), (form["Name"], form["BirthDate"], form["Bsn"]));
    }

    [Fact]
    public async Task The_ZIP_holds_all_of_this_resident_and_nothing_of_another()
    {
        var sent = await _intake.OfLongAgo(ReferralState.AdviceReturned, TimeSpan.FromDays(3));
        await Refer("Z-4", new(Mark, "Verzonnen", "999990019", "0612340001"), "1980-05-17");

        var files = OtherServices.Opened(await Export(sent.Id));

        Assert.Equal(
            ["LEESMIJ.txt", "advies.json", "bijlagen/1-bijlage.txt", "brieven/1-brief.pdf", "brieven/2-brief.pdf", "planning.json", "verwijzing-zoals-gestuurd.json", "verwijzing.json"],
            files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Een bijlage.", files["bijlagen/1-bijlage.txt"]);
        Assert.All(new[] { "Testpersoon", "999911120", "0612345678", "export-record" }, text => Assert.Contains(text, files["verwijzing.json"], StringComparison.Ordinal));
        Assert.Contains($"elders van {sent.Id}", files["planning.json"] + files["advies.json"], StringComparison.Ordinal);
        Assert.All(files.Values, text => Assert.DoesNotContain(Mark, text, StringComparison.Ordinal));
        Assert.Equal(["marijke manager", "marijke manager"], _others.Asked);
    }

    [Fact]
    public async Task When_another_part_is_away_nothing_half_is_handed_out()
    {
        var sent = await _intake.OfLongAgo(ReferralState.AdviceReturned, TimeSpan.FromDays(3));
        _others.AreAway = true;

        var page = await _manager.Open($"/practices/keeping/residents/{sent.Id}");
        page = await _manager.Submit(page.Form("Alles downloaden"));

        Assert.Contains("De planning antwoordt nu niet. Er is niets gedownload", page.Text, StringComparison.Ordinal);
        var overview = await _manager.Open("/practices/keeping");
        Assert.Contains("Dit onderdeel antwoordt nu niet", overview.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overview_tells_for_how_long_why_and_what_the_last_night_did()
    {
        await _intake.CleanUp();

        var page = await _manager.Open("/practices/keeping");

        Assert.Contains("20 jaar na de laatste wijziging", page.Text, StringComparison.Ordinal);
        Assert.Contains("WGBO art. 7:454 BW", page.Text, StringComparison.Ordinal);
        Assert.Contains("23-11-2026: 0 verwijderd, van vóór 23-11-2021", page.Text, StringComparison.Ordinal);
        Assert.Contains("17 verwijderd, van vóór 23-11-2025 mislukt (TimeoutException)", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("planner")]
    [InlineData("professional")]
    public async Task Only_a_manager_gets_here(string role)
    {
        var sent = await _intake.OfLongAgo(ReferralState.AdviceReturned, TimeSpan.FromDays(3));
        using var person = PageClient.LoggedInAs(_intake.App, "iemand", role);

        foreach (var path in new[] { "/practices/keeping", "/practices/keeping/residents", $"/practices/keeping/residents/{sent.Id}", $"/practices/keeping/residents/{sent.Id}/remove", $"/practices/keeping/removed/{sent.Id}" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await person.Open(path)).Status);
        }
    }

    private async Task<Page> Search(params (string, string?)[] fields) =>
        await _manager.Submit((await _manager.Open("/practices/keeping/residents")).Form("Zoeken"), [.. fields.Where(f => f.Item2 is not null)]);

    private async Task<byte[]> Export(Guid id)
    {
        var form = (await _manager.Open($"/practices/keeping/residents/{id}")).Form("Alles downloaden");
        using var http = _intake.App.LoggedInAs("marijke", "manager");
        using var first = await http.GetAsync(new Uri($"/practices/keeping/residents/{id}", UriKind.Relative));
        var page = new Page(form.Action, first.StatusCode, await first.Content.ReadAsStringAsync());
        using var answer = await http.PostAsync(form.Action, new FormUrlEncodedContent(page.Form("Alles downloaden").Fields));
        Assert.Equal(("application/zip", HttpStatusCode.OK), (answer.Content.Headers.ContentType?.MediaType, answer.StatusCode));
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private async Task<Guid> Refer(string number, TestPerson person, string born)
    {
        using var gp = _intake.GpSystem();
        var bundle = ReferringGp.Bundle(number, person);
        foreach (var patient in bundle["entry"]!.AsArray().Select(e => e!["resource"]!).Where(r => (string?)r["resourceType"] == "Patient"))
        {
            patient["birthDate"] = born;
        }

        var sent = await gp.PostFhir("/fhir", bundle);
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        return Guid.Parse(sent.Headers.Location!.Segments[^1]);
    }
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Claiming;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Claiming;

/// <summary>The manager's pages: numbers, lines, and corrections with a reason that stay beside what they put right.</summary>
public sealed class ClaimPagesTests
{
    [Fact]
    public async Task The_overview_counts_a_year_and_a_month_for_each_organisation_and_payer()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (11, 3), (12, 1));
        await feedback.Hold(ClaimRegion.Nurse, (12, 2));
        using var manager = Manager(feedback);

        var (year, month, other) = (
            await manager.Open("/feedback/claims?period=2026"), await manager.Open("/feedback/claims?period=2026-12"), await manager.Open("/feedback/claims?period=2025"));

        Assert.Contains("GGZ De Verbeelding Zorgverzekeraar 2 0 0 · € 0,00 2 · € 177,50 0", year.Text, StringComparison.Ordinal);
        Assert.Contains("+Praktijk Verzonnen Zorgverzekeraar 1 0 0 · € 0,00 0 · € 0,00 1", year.Text, StringComparison.Ordinal);
        Assert.Contains("Welzijn Bedacht Gemeente 3 0 0 · € 0,00 3 · € 180,75 0", year.Text, StringComparison.Ordinal);
        Assert.Contains("november 2026 Zorgverzekeraar 1", year.Text, StringComparison.Ordinal);
        Assert.Contains("Alle samen Zorgverzekeraar 2", month.Text, StringComparison.Ordinal);
        Assert.Contains("geen gesprekken gevoerd", other.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_is_read_before_it_is_recorded_and_nothing_is_removed()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (12, 1));
        using var manager = Manager(feedback);
        var page = await Open(manager, feedback);

        var check = await manager.Submit(
            page.Form("Form.Reason"), ("Form.Kind", "right"), ("Form.Day", "2026-11-30"), ("Form.Professional", $"{ClaimRegion.Colleague.Id}"), ("Form.Reason", "Noor was ziek."));
        var before = await feedback.InDatabase(db => db.ClaimLines.CountAsync());
        var lines = await Confirm(manager, check);

        Assert.Contains("Er gaat 1 af: 1 december 2026, Noor van den Bedachten", check.Text, StringComparison.Ordinal);
        Assert.Contains("Er komt 1 bij: 30 november 2026, Verzonnen Collega, +Praktijk Verzonnen", check.Text, StringComparison.Ordinal);
        Assert.Equal(2, before);
        Assert.Contains("De correctie is vastgelegd", lines.Text, StringComparison.Ordinal);
        var ledger = await feedback.InDatabase(db => db.ClaimLines.AsNoTracking().Where(l => l.Payer == Payer.Insurer).OrderBy(l => l.Kind).ToListAsync());
        Assert.Equal(["Held 1 ", "Reversal -1 Noor was ziek.", "Right 1 Noor was ziek."], ledger.Select(l => $"{l.Kind} {l.Count} {l.Reason}"));
        Assert.All(ledger.Skip(1), l => Assert.Equal(("manager", feedback.Clock.GetUtcNow()), (l.RecordedBy, l.RecordedAt)));
        Assert.Equal("psychotherapeut", ledger[2].ProfessionCode);
    }

    [Fact]
    public async Task What_was_taken_back_wrongly_is_counted_again_once()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (12, 1));
        using var manager = Manager(feedback);
        await Confirm(manager, await manager.Submit((await Open(manager, feedback)).Form("Form.Reason"), ("Form.Kind", "away"), ("Form.Reason", "Niet verschenen.")));
        var page = await Open(manager, feedback, ClaimLineKind.Reversal);

        var check = await manager.Submit(page.Form("Form.Reason"), ("Form.Reason", "Toch wel verschenen."));
        await Confirm(manager, check);
        await Confirm(manager, check);

        Assert.Equal("Tel het gesprek opnieuw", page.Heading);
        Assert.Equal(1, await feedback.InDatabase(db => db.ClaimLines.Where(l => l.Payer == Payer.Insurer).SumAsync(l => l.Count)));
        Assert.Contains("al gecorrigeerd", (await Open(manager, feedback)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "2026-12-01", "Reden", "Kies wat er niet klopt")]
    [InlineData("away", "2026-12-01", "", "Schrijf op waarom")]
    [InlineData("right", "2026-12-01", "Reden", "Er verandert niets")]
    [InlineData("right", "morgen", "Reden", "Vul de dag in")]
    [InlineData("right", "2026-12-31", "Reden", "Kies een dag in de afgelopen tien jaar")]
    [InlineData("right", "0202-12-01", "Reden", "Kies een dag in de afgelopen tien jaar")]
    public async Task A_correction_that_cannot_be_is_told_and_nothing_typed_is_lost(string? kind, string day, string reason, string fault)
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (12, 1));
        using var manager = Manager(feedback);
        var page = await Open(manager, feedback);

        var told = await manager.Submit(page.Form("Form.Reason"), ("Form.Kind", kind), ("Form.Day", day), ("Form.Reason", reason));

        Assert.Equal(HttpStatusCode.OK, told.Status);
        Assert.Contains(fault, told.Text, StringComparison.Ordinal);
        Assert.Equal((kind, day, reason), (told.Form("Form.Reason")["Form.Kind"], told.Form("Form.Reason")["Form.Day"], told.Form("Form.Reason")["Form.Reason"]));
        Assert.Equal(2, await feedback.InDatabase(db => db.ClaimLines.CountAsync()));
    }

    [Fact]
    public async Task Somebody_of_the_other_side_or_of_nowhere_cannot_be_chosen()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (12, 1));
        using var manager = Manager(feedback);
        var form = (await Open(manager, feedback)).Form("Form.Reason");

        foreach (var (name, value) in new[] { ("Form.Professional", $"{ClaimRegion.SocialWorker.Id}"), ("Form.Professional", "zomaar"), ("Form.Organisation", $"{Guid.NewGuid()}") })
        {
            var told = await manager.Submit(form, ("Form.Kind", "right"), ("Form.Reason", "Reden"), (name, value));

            Assert.Contains("Kies de verkenner en de organisatie uit de lijst", told.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_reason_may_be_changed_before_it_is_recorded()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (12, 1));
        using var manager = Manager(feedback);
        var check = (await manager.Submit((await Open(manager, feedback)).Form("Form.Reason"), ("Form.Kind", "away"), ("Form.Reason", "Eerst dit."))).Form("Wijzig het eerst");

        var back = await manager.Submit(check with { Action = new Uri(check.Action.GetLeftPart(UriPartial.Path) + "?handler=Edit") });

        Assert.Equal(("away", "Eerst dit."), (back.Form("Form.Reason")["Form.Kind"], back.Form("Form.Reason")["Form.Reason"]));
        Assert.DoesNotContain("handler=Edit", back.Form("Form.Reason").Action.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_correcting_making_and_fetching_are_in_the_audit()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (12, 1), (12, 2));
        using var manager = Manager(feedback);

        await manager.Open("/feedback/claims/lines?period=2026-12");
        await Confirm(manager, await manager.Submit((await Open(manager, feedback)).Form("Form.Reason"), ("Form.Kind", "away"), ("Form.Reason", "Dubbel.")));
        await manager.Submit((await manager.Open("/feedback/claims/export?payer=Insurer&from=2026-12-01&until=2026-12-31")).Form("Maak het bestand"));
        await manager.Download(new Uri("/feedback/claims/exports/1/xlsx", UriKind.Relative));

        var audit = await feedback.InDatabase(db => db.Audit.AsNoTracking().Where(a => a.Who == "manager").Select(a => a.Action + " " + a.Why + " " + a.What).ToListAsync());
        Assert.Contains("R look-at-claims ClaimLines/2026-12", audit);
        Assert.Contains(audit, a => a.StartsWith("C correct-claim ClaimLine/", StringComparison.Ordinal));
        Assert.Contains("C export-claims ClaimExport/1", audit);
        Assert.Contains("E download-xlsx ClaimExport/1", audit);
    }

    [Fact]
    public async Task With_planning_away_the_numbers_are_there_without_the_names()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (12, 1));
        feedback.Neighbours.IsPlanningDown = true;
        using var manager = Manager(feedback);

        var pages = new[] { await manager.Open("/feedback/claims?period=2026-12"), await manager.Open("/feedback/claims/lines?period=2026-12"), await Open(manager, feedback) };

        Assert.All(pages, p => Assert.Equal(HttpStatusCode.OK, p.Status));
        Assert.All(pages[..2], p => Assert.Contains("De namen zijn nu niet op te halen", p.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_lines_are_shown_a_hundred_at_a_time()
    {
        await using var feedback = await ClaimRegion.Start();
        for (var i = 0; i < 51; i++)
        {
            await feedback.Hold(ClaimRegion.Psychologist, (12, 1 + (i % 7)));
        }

        using var manager = Manager(feedback);

        var (first, last, beyond) = (
            await manager.Open("/feedback/claims/lines?period=2026-12"), await manager.Open("/feedback/claims/lines?period=2026-12&sheet=2"),
            await manager.Open("/feedback/claims/lines?period=9999-99&payer=7&organisation=x&sheet=999"));

        Assert.Equal((100, 2), (Lines(first), Lines(last)));
        Assert.Contains("Bladzijde 2 van 2", beyond.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/feedback/claims")]
    [InlineData("/feedback/claims/lines")]
    [InlineData("/feedback/claims/export")]
    [InlineData("/feedback/claims/exports/1")]
    [InlineData("/feedback/claims/exports/1/csv")]
    [InlineData("/feedback/claims/lines/00000000-0000-4000-8000-000000000001/correct")]
    public async Task Only_a_manager_comes_in(string path)
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (12, 1));

        foreach (var role in new[] { "professional", "planner", "auditor" })
        {
            using var person = feedback.App.LoggedInAs("someone", role);
            using var answer = await person.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode is HttpStatusCode.Forbidden || answer.Headers.Location?.OriginalString.Contains("/no-access", StringComparison.Ordinal) is true, $"{role}: {answer.StatusCode}");
        }

        using var stranger = feedback.App.Stranger();
        using var refused = await stranger.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
        using var manager = Manager(feedback);
        Assert.Equal(path.Contains('1', StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.OK, (await manager.Open(path)).Status);
    }

    private static int Lines(Page page) => page.Html.Split("id=\"l-").Length - 1;

    private static PageClient Manager(FeedbackHost feedback) => PageClient.LoggedInAs(feedback.App, "manager", "manager");

    private static async Task<Page> Open(PageClient manager, FeedbackHost feedback, ClaimLineKind kind = ClaimLineKind.Held)
    {
        var id = await feedback.InDatabase(db => db.ClaimLines.Where(l => l.Payer == Payer.Insurer && l.Kind == kind).OrderBy(l => l.HeldOn).Select(l => l.Id).FirstAsync());
        return await manager.Open($"/feedback/claims/lines/{id}/correct");
    }

    private static async Task<Page> Confirm(PageClient manager, Page check)
    {
        var form = check.Form("Leg de correctie vast");
        return await manager.Submit(form with { Action = new Uri(form.Action.GetLeftPart(UriPartial.Path) + "?handler=Confirm") });
    }
}

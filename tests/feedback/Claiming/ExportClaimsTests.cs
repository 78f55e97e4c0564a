using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Claiming;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Claiming;

/// <summary>A line goes out once, at the tariff of its day; what was put right afterwards follows with a minus.</summary>
public sealed class ExportClaimsTests
{
    [Fact]
    public async Task An_export_holds_what_was_held_in_the_period_at_the_tariff_of_each_day_and_marks_it()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (11, 29), (11, 30), (12, 1), (12, 2));
        using var manager = Manager(feedback);

        var run = await Make(manager, "2026-11-30", "2026-12-01");

        Assert.Contains("€ 177,50", run.Text, StringComparison.Ordinal);
        var rows = Spreadsheet.Csv(await manager.Download(new Uri("/feedback/claims/exports/1/csv", UriKind.Relative)));
        Assert.Equal(["2026-11-30 VG-1 87,50", "2026-12-01 VG-2 90,00"], rows.Skip(1).Select(r => $"{r[1]} {r[5]} {r[8]}"));
        Assert.All(rows.Skip(1), r => Assert.Equal(("Noor van den Bedachten", "GGZ De Verbeelding", "Zorgverzekeraar"), (r[2], r[3], r[4])));
        Assert.Contains("niets te declareren", (await Look(manager, "2026-11-30", "2026-12-01")).Text, StringComparison.Ordinal);
        var made = await feedback.InDatabase(db => db.ExportRuns.SingleAsync());
        Assert.Equal(("manager", feedback.Clock.GetUtcNow(), false), (made.MadeBy, made.MadeAt, made.IsAgain));
    }

    [Fact]
    public async Task The_xlsx_has_the_same_rows_with_numbers_as_numbers()
    {
        await using var feedback = await ClaimRegion.Start([.. ClaimRegion.Tariffs, "--Claiming:Professions=poh-ggz"]);
        await feedback.Hold(ClaimRegion.Nurse, (12, 1));
        using var manager = Manager(feedback);
        await Make(manager, "2026-12-01", "2026-12-31");

        var file = await manager.Download(new Uri("/feedback/claims/exports/1/xlsx", UriKind.Relative));

        var row = Spreadsheet.Xlsx(file)[1];
        Assert.Equal((true, "=HYPERLINK(\"x\")"), row[2]);
        Assert.Equal((true, "+Praktijk Verzonnen"), row[3]);
        Assert.Equal((false, "90"), row[8]);
    }

    [Fact]
    public async Task A_file_names_no_resident_and_no_referral()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        var held = ClaimRegion.Held(Examples.Day);
        feedback.Know(held.ReferralId, null);
        await feedback.Tell(held, Guid.NewGuid());
        using var manager = Manager(feedback);
        await Make(manager, "2026-12-01", "2026-12-31");

        var csv = System.Text.Encoding.UTF8.GetString(await manager.Download(new Uri("/feedback/claims/exports/1/csv", UriKind.Relative)));

        string[] hidden = [FeedbackHost.Resident, FeedbackHost.Bsn, $"{held.ReferralId}", $"{held.ConversationId}", $"{held.ReferralId:N}"[..6].ToUpperInvariant()];
        Assert.All(hidden, secret => Assert.DoesNotContain(secret, csv, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_tariff_that_is_set_later_reaches_any_past_period()
    {
        await using var feedback = await ClaimRegion.Start();
        await feedback.Hold(ClaimRegion.Psychologist, (3, 2), (3, 3));
        using var before = Manager(feedback);
        var look = await Look(before, "2026-03-01", "2026-03-31");

        await feedback.Restart(ClaimRegion.Tariffs);

        using var after = Manager(feedback);
        var run = await Make(after, "2026-03-01", "2026-03-31");
        Assert.Contains("2 regels: Voor deze dag zijn nog geen code en tarief ingesteld", look.Text, StringComparison.Ordinal);
        Assert.Contains("€ 175,00", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_on_the_fields_list_is_counted_and_stays_behind_with_the_reason()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Nurse, (12, 1));
        using var manager = Manager(feedback);

        var (look, lines) = (await Look(manager, "2026-12-01", "2026-12-31"), await manager.Open("/feedback/claims/lines?period=2026-12&payer=Insurer"));

        Assert.Contains("1 regel: Het beroep staat niet in de lijst", look.Text, StringComparison.Ordinal);
        Assert.Contains("Nog niet te declareren", lines.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(look.Forms, f => f.Html.Contains("Maak het bestand", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_put_right_after_an_export_comes_with_a_minus_in_the_next_at_the_tariff_it_went_out_for()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (11, 3));
        using var first = Manager(feedback);
        await Make(first, "2026-11-01", "2026-11-30");
        await Correct(first, feedback, "right", ("Form.Professional", $"{ClaimRegion.Colleague.Id}"));
        await feedback.Restart([.. ClaimRegion.Tariffs[..2], "--Claiming:Tariffs:0:Euros=100", .. ClaimRegion.Tariffs[3..]]);
        await feedback.Hold(ClaimRegion.Psychologist, (12, 4));
        using var manager = Manager(feedback);

        await Make(manager, "2026-12-01", "2026-12-31");

        var rows = Spreadsheet.Csv(await manager.Download(new Uri("/feedback/claims/exports/2/csv", UriKind.Relative))).Skip(1)
            .Select(r => $"{r[1]} {r[2]} {r[6]} {r[8]} {r[9]}").Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "2026-11-03 Noor van den Bedachten -1 -87,50 Teruggenomen", "2026-11-03 Verzonnen Collega 1 100,00 Verbeterd",
                "2026-12-04 Noor van den Bedachten 1 90,00 Gesprek",
            ],
            rows);
    }

    [Fact]
    public async Task What_is_put_right_in_a_period_that_never_went_out_waits_for_that_period()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (11, 3), (12, 4));
        using var manager = Manager(feedback);
        await Correct(manager, feedback, "right", ("Form.Professional", $"{ClaimRegion.Colleague.Id}"));

        await Make(manager, "2026-12-01", "2026-12-31");
        await Make(manager, "2026-11-01", "2026-11-30");

        Assert.Equal(["2026-12-04 1", "2026-11-03 1"], await Days(manager, 1, 2));
    }

    [Fact]
    public async Task What_is_put_right_twice_after_it_went_out_comes_as_one_minus_and_one_right_line()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (12, 4));
        using var manager = Manager(feedback);
        await Make(manager, "2026-12-01", "2026-12-31");
        await Correct(manager, feedback, "right", ("Form.Day", "2026-11-03"));
        await Correct(manager, feedback, "right", ("Form.Professional", $"{ClaimRegion.Colleague.Id}"));

        await Make(manager, "2026-12-01", "2026-12-31");

        Assert.Equal(["2026-11-03 1", "2026-12-04 -1"], await Days(manager, 2));
    }

    [Fact]
    public async Task What_is_taken_back_before_it_went_out_never_goes_out()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (12, 1), (12, 2));
        using var manager = Manager(feedback);
        await Correct(manager, feedback, "away");

        await Make(manager, "2026-12-01", "2026-12-31");

        Assert.Equal(["2026-12-02"], Spreadsheet.Csv(await manager.Download(new Uri("/feedback/claims/exports/1/csv", UriKind.Relative))).Skip(1).Select(r => r[1]));
    }

    [Fact]
    public async Task Only_who_asks_for_it_again_gets_a_line_twice_and_the_file_says_where_it_stood()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (12, 1));
        using var manager = Manager(feedback);
        await Make(manager, "2026-12-01", "2026-12-31");
        await feedback.Hold(ClaimRegion.Psychologist, (12, 2));

        var again = await Make(manager, "2026-12-01", "2026-12-31", "true");

        Assert.Contains("1 regel stond al in een eerder bestand", again.Text, StringComparison.Ordinal);
        Assert.Equal(["2026-12-01 1", "2026-12-02 "], Spreadsheet.Csv(await manager.Download(new Uri("/feedback/claims/exports/2/csv", UriKind.Relative)))
            .Skip(1).Select(r => $"{r[1]} {r[10]}"));
        Assert.Contains("2 · € 180,00", (await manager.Open("/feedback/claims?period=2026-12")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_form_sent_twice_makes_one_export()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (12, 1));
        using var manager = Manager(feedback);
        var form = (await Look(manager, "2026-12-01", "2026-12-31")).Form("Maak het bestand");

        await manager.Submit(form);
        var second = await manager.Submit(form);

        Assert.Contains("niets te declareren", second.Text, StringComparison.Ordinal);
        Assert.Equal(1, await feedback.InDatabase(db => db.ExportRuns.CountAsync()));
    }

    [Fact]
    public async Task A_line_has_each_turn_once_in_the_database()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (12, 1));
        using var manager = Manager(feedback);
        await Make(manager, "2026-12-01", "2026-12-31");
        var order = new ExportOrder(Payer.Insurer, new(2026, 12, 1), new(2026, 12, 31), null, false);

        var refused = await Record.ExceptionAsync(() => feedback.InDatabase(async db =>
        {
            var (run, line) = (ExportRun.Make(2, order, "other", Examples.Day), await db.ClaimLines.FirstAsync(l => l.Payer == Payer.Insurer));
            db.AddRange(run, ExportedLine.Of(run, line, 1, new Price("VG-1", 1)));
            return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }));

        Assert.IsAssignableFrom<DbUpdateException>(refused);
    }

    [Theory]
    [InlineData("", "2026-12-01", "2026-12-31", "Kies wie betaalt")]
    [InlineData("Nobody", "2026-12-01", "2026-12-31", "Kies wie betaalt")]
    [InlineData("Insurer", "gisteren", "2026-12-31", "Vul de eerste en de laatste dag in")]
    [InlineData("Insurer", "2026-12-31", "2026-12-01", "De laatste dag ligt voor de eerste dag")]
    public async Task What_makes_no_sense_is_told_and_nothing_typed_is_lost(string payer, string from, string until, string fault)
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        using var manager = Manager(feedback);

        var page = await manager.Open($"/feedback/claims/export?payer={payer}&from={from}&until={until}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(fault, page.Text, StringComparison.Ordinal);
        Assert.Equal((from, until), (page.Form("Bekijk wat meegaat")["from"], page.Form("Bekijk wat meegaat")["until"]));
    }

    [Fact]
    public async Task With_planning_away_the_export_is_made_and_the_file_waits_for_the_names()
    {
        await using var feedback = await ClaimRegion.Start(ClaimRegion.Tariffs);
        await feedback.Hold(ClaimRegion.Psychologist, (12, 1));
        feedback.Neighbours.IsPlanningDown = true;
        using var manager = Manager(feedback);

        var run = await Make(manager, "2026-12-01", "2026-12-31");
        var file = await manager.Open("/feedback/claims/exports/1/csv");

        Assert.Equal("Bestand 1", run.Heading);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, file.Status);
    }

    private static PageClient Manager(FeedbackHost feedback) => PageClient.LoggedInAs(feedback.App, "manager", "manager");

    private static Task<Page> Look(PageClient manager, string from, string until, string again = "") =>
        manager.Open($"/feedback/claims/export?payer=Insurer&from={from}&until={until}&again={again}");

    private static async Task<Page> Make(PageClient manager, string from, string until, string again = "") =>
        await manager.Submit((await Look(manager, from, until, again)).Form("Maak het bestand"));

    private static async Task<List<string>> Days(PageClient manager, params int[] runs)
    {
        var rows = new List<string>();
        foreach (var run in runs)
        {
            var file = await manager.Download(new Uri($"/feedback/claims/exports/{run}/csv", UriKind.Relative));
            rows.AddRange(Spreadsheet.Csv(file).Skip(1).Select(r => $"{r[1]} {r[6]}"));
        }

        return rows;
    }

    private static async Task Correct(PageClient manager, FeedbackHost feedback, string kind, params (string, string?)[] filledIn)
    {
        var id = await feedback.InDatabase(db => db.ClaimLines
            .Where(l => l.Payer == Payer.Insurer && l.Count > 0 && !db.ClaimLines.Any(r => r.OriginId == l.Id)).OrderBy(l => l.HeldOn).Select(l => l.Id).FirstAsync());
        var page = await manager.Open($"/feedback/claims/lines/{id}/correct");
        page = await manager.Submit(page.Form("Form.Reason"), [("Form.Kind", kind), ("Form.Reason", "Verkeerd geteld."), .. filledIn]);
        var form = page.Form("Leg de correctie vast");
        await manager.Submit(form with { Action = new Uri(form.Action.GetLeftPart(UriPartial.Path) + "?handler=Confirm") });
    }
}

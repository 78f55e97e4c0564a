using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Monitoring;

public sealed class ExportTests : IAsyncLifetime
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private FeedbackHost _feedback = null!;

    public async ValueTask InitializeAsync() => _feedback = await FeedbackHost.Start();

    public ValueTask DisposeAsync() => _feedback.DisposeAsync();

    [Fact]
    public async Task Nothing_in_any_export_leads_to_a_person_or_a_conversation()
    {
        var after = await AfterTheConversation.In(_feedback);
        await after.IsSentIn();
        await after.Save("ggz", ("Form.Place", "thuis"), ("Form.Reason", "Verkeerd aangekruist"));
        var advice = await _feedback.InDatabase(db => db.Advices.AsNoTracking().SingleAsync());

        string[] exports = [await Csv(), await Fhir(), (await Feed()).ToJsonString()];

        string[] identifying =
        [
            $"{advice.Id}", $"{advice.ReferralId}", $"{advice.ConversationId}", advice.ReferralId.ReferralCode(), FeedbackHost.Resident, FeedbackHost.Bsn,
            .. advice.Authors.Select(a => $"{a.ProfessionalId}"), "\"ggz\"", ";ggz;", "\"sociaal\"", ";sociaal;", "Bedachten", "Fictief", "Schakel",
            AfterTheConversation.Learned, "Verkeerd aangekruist", "2026-12-0", "8 december", "T10:", "10:50",
        ];
        Assert.All(exports, export =>
        {
            Assert.Contains("2026-12", export, StringComparison.Ordinal);
            Assert.Contains("thuis", export, StringComparison.Ordinal);
            Assert.All(identifying, word => Assert.DoesNotContain(word, export, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotMatch("\\d{4}-\\d{2}-\\d{2}", Regex.Replace(export, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", ""));
        });
    }

    [Fact]
    public async Task Only_what_was_sent_in_leaves()
    {
        var (sent, open) = (await AfterTheConversation.In(_feedback), await AfterTheConversation.In(_feedback));
        await sent.IsSentIn();
        await open.Save("ggz", [.. AfterTheConversation.Shared, ("Form.Own", "3")]);
        var (id, other) = ((await sent.Stored()).Id, (await open.Stored()).Id);

        string[] exports = [await Csv(), await Fhir(), (await Feed()).ToJsonString()];

        Assert.All(exports, export => Assert.Contains($"{id}", export, StringComparison.Ordinal));
        Assert.All(exports, export => Assert.DoesNotContain($"{other}", export, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_sheet_has_one_row_per_form_and_a_column_for_each_answer()
    {
        await (await AfterTheConversation.In(_feedback)).IsSentIn("4", null);

        var lines = (await Csv()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(';')).ToList();

        var row = lines[0].Zip(lines[1]).ToDictionary(c => c.First, c => c.Second);
        Assert.Equal(2, lines.Count);
        Assert.Equal(("2026-12", "ingevuld", "4", "", "buurthuis", "samen"), (row["maand"], row["inwoner"], row["ervaring inwoner"], row["geholpen"], row["plek"], row["vorm"]));
        Assert.Equal(("ja", "nee", "ja", "nee"), (row["erbij: eigen-kring"], row["erbij: tolk"], row["vervolg: netwerk"], row["vervolg: zelf"]));
        Assert.Equal(("3", "4"), (row["ervaring ggz"], row["ervaring sociaal domein"]));
    }

    [Fact]
    public async Task The_feed_goes_on_where_it_was_and_gives_a_corrected_form_again()
    {
        List<Guid> ids = [];
        var first = await AfterTheConversation.In(_feedback);
        foreach (var after in new[] { first, await AfterTheConversation.In(_feedback), await AfterTheConversation.In(_feedback) })
        {
            await after.IsSentIn();
            ids.Add((await after.Stored()).Id);
        }

        var one = await Feed("?count=2");
        var two = await Feed($"?count=2&after={one["next"]}");
        await first.Save("ggz", ("Form.Place", "thuis"), ("Form.Reason", "Andere plek"));
        var three = await Feed($"?after={two["next"]}");
        var none = await Feed($"?after={three["next"]}");

        Assert.Equal((true, false), ((bool)one["hasMore"]!, (bool)two["hasMore"]!));
        Assert.Equal(ids, one["items"]!.AsArray().Concat(two["items"]!.AsArray()).Select(i => (Guid)i!["id"]!));
        var corrected = Assert.Single(three["items"]!.AsArray())!;
        Assert.Equal((ids[0], "amended", "thuis"), ((Guid)corrected["id"]!, (string?)corrected["status"], (string?)corrected["place"]));
        Assert.Empty(none["items"]!.AsArray());
        Assert.Equal((string?)three["next"], (string?)none["next"]);
    }

    [Theory]
    [InlineData("?after=-1")]
    [InlineData("?after=straks")]
    [InlineData("?after=1&after=2")]
    [InlineData("?count=0")]
    [InlineData("?count=501")]
    public async Task A_wrong_question_to_the_feed_gets_told_what_is_wrong(string query)
    {
        using var machine = _feedback.App.WithToken("dashboard", "monitoring.read");

        using var answer = await machine.GetAsync($"/feedback/monitoring/feed{query}", Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("must be", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_is_in_the_feed_once_no_other_can_come_before_it()
    {
        await (await AfterTheConversation.In(_feedback)).IsSentIn();
        using var machine = _feedback.App.WithToken("dashboard", "monitoring.read");

        var atOnce = JsonNode.Parse(await machine.GetStringAsync("/feedback/monitoring/feed", Ct))!;
        var later = await Feed();

        Assert.Equal((0, "0", 1), (atOnce["items"]!.AsArray().Count, (string?)atOnce["next"], later["items"]!.AsArray().Count));
    }

    [Fact]
    public async Task The_feed_is_for_a_machine_with_its_own_scope()
    {
        using var stranger = _feedback.App.Stranger();
        using var other = _feedback.App.WithToken("intake", "letter.read");
        using var manager = _feedback.App.LoggedInAs("manager", "manager");

        var answers = await Task.WhenAll(new[] { stranger, other, manager }.Select(http => http.GetAsync("/feedback/monitoring/feed", Ct)));

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized], answers.Select(a => a.StatusCode));
    }

    [Fact]
    public async Task Each_export_leaves_an_audit_row()
    {
        await Csv();
        await Fhir();
        await Feed();

        var audit = await _feedback.InDatabase(db => db.Audit.Where(a => a.Action == "E").Select(a => $"{a.Who} {a.Why}").ToListAsync());
        Assert.Equal(["dashboard monitoring-feed", "manager monitoring-csv", "manager monitoring-fhir"], audit.Order(StringComparer.Ordinal));
    }

    private async Task<string> Csv() => await Download("/feedback/monitoring/csv", "text/csv");

    private async Task<string> Fhir() => await Download("/feedback/monitoring/fhir", "application/fhir+ndjson");

    private async Task<JsonNode> Feed(string query = "")
    {
        _feedback.Jump(TimeSpan.FromMinutes(10));
        using var machine = _feedback.App.WithToken("dashboard", "monitoring.read");
        return JsonNode.Parse(await machine.GetStringAsync($"/feedback/monitoring/feed{query}", Ct))!;
    }

    private async Task<string> Download(string path, string mediaType)
    {
        using var manager = _feedback.App.LoggedInAs("manager", "manager");
        using var answer = await manager.GetAsync(path, Ct);
        Assert.Equal(mediaType, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        return await answer.Content.ReadAsStringAsync(Ct);
    }
}
